import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { RequestBodies, type BodyTimes } from '../../../server/http/request-bodies.js';

const HEAD = 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n';
const NEVER = 3_600_000;

interface Served {
  readonly client: Socket;
  /** Whether the body came whole. */
  readonly outcome: Promise<boolean>;
}

/** A connection to a server that watches bodies, and does this with each request. */
async function served(
  times: Partial<BodyTimes>,
  most: number,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Served> {
  const bodies = new RequestBodies({ stall: NEVER, farewell: NEVER, look: 5, ...times });
  let tell: (isWhole: boolean) => void;
  const outcome = new Promise<boolean>((resolve) => (tell = resolve));
  const server = createServer((request, response) => {
    bodies.enter(request, most);
    request.once('close', () => tell(request.complete));
    answer(request, response)
      .catch(() => undefined)
      .finally(() => bodies.leave(request));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined);
  onTestFinished(() => {
    bodies.close();
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  await once(client, 'connect');
  client.write(HEAD);
  return { client, outcome };
}

async function readWhole(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.end(await text(request));
}

it('a body that comes in time is left alone', async () => {
  const { client, outcome } = await served({}, NEVER, readWhole);
  for (const part of ['01234', '56789']) {
    client.write(part);
    await wait(20);
  }
  expect(await outcome).toBe(true);
});

it('one that does not move on ends with its connection', async () => {
  const { client, outcome } = await served({ stall: 50 }, NEVER, readWhole);
  client.write('012');
  expect(await outcome).toBe(false);
});

it('one that moves on too slowly does too', async () => {
  const { client, outcome } = await served({}, 100, readWhole);
  const writing = setInterval(() => client.write('0'), 60);
  onTestFinished(() => clearInterval(writing));
  expect(await outcome).toBe(false);
});

it('what nobody has read yet is not the fault of the client', async () => {
  const { client, outcome } = await served({ stall: 20 }, NEVER, async (request, response) => {
    await wait(200);
    await readWhole(request, response);
  });
  client.write('0123456789');
  expect(await outcome).toBe(true);
});

it('what comes after the answer is thrown away, for a moment', async () => {
  const { client, outcome } = await served({ farewell: 50 }, NEVER, (_request, response) => {
    response.end('no');
    return Promise.resolve();
  });
  const [told] = (await once(client, 'data')) as [Buffer];
  expect(told.toString()).toContain('no');
  expect(await outcome).toBe(false);
});
