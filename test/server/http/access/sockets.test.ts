import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { bearer } from './asking.js';
import { openWorld, type World } from './world.js';

/** Together several times what may be unread. */
const PINGS = 120;

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** A connection that has been let in, and what comes over it. */
async function connected(key: string) {
  const address = `${world.url.replace('http', 'ws')}/graphql`;
  const socket = new WebSocket(address, 'graphql-transport-ws', { headers: bearer(key) });
  const messages: Message[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as Message));
  await once(socket, 'open');
  const say = (message: object) => socket.send(JSON.stringify(message));
  say({ type: 'connection_init' });
  await vi.waitFor(() => expect(messages).toMatchObject([{ type: 'connection_ack' }]));
  messages.length = 0;
  return { socket, messages, say };
}

it('a document that cannot be read is told as that, and nothing of it comes into the log', async () => {
  const warned = vi.spyOn(console, 'error').mockReturnValue(undefined);
  const { socket, messages, say } = await connected(await world.keyOf('SEARCH'));
  say({ id: '1', type: 'subscribe', payload: { query: '{ datasets """\nforged\n""" ' } });
  await vi.waitFor(() =>
    expect(messages).toMatchObject([
      { id: '1', type: 'error', payload: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    ]),
  );
  say({ id: '2', type: 'subscribe', payload: { query: '{ datasets { name } }' } });
  await vi.waitFor(() => expect(messages).toMatchObject([{}, { id: '2', type: 'next' }, {}]));
  expect(warned).not.toHaveBeenCalled();
  socket.terminate();
});

it('what servers alone say ends the connection, and is no error of ours', async () => {
  const warned = vi.spyOn(console, 'error').mockReturnValue(undefined);
  const { socket, say } = await connected(await world.keyOf('SEARCH'));
  say({ type: 'connection_ack' });
  expect((await once(socket, 'close'))[0]).toBe(4400);
  expect(warned).not.toHaveBeenCalled();
});

it('work is given up when the client says that it no longer wants it', async () => {
  const { socket, messages, say } = await connected(await world.keyOf('ADMIN'));
  let signal: AbortSignal | null = null;
  const begun = vi.spyOn(world.server.services.models, 'reconstructions');
  begun.mockImplementation((_model, _ids, given) => {
    signal = given ?? null;
    return new Promise(() => undefined);
  });
  const { modelId, imageId } = world.mine;
  const query = `{ model(id: ${modelId}) { reconstructions(imageIds: [${imageId}]) { url } } }`;
  say({ id: '1', type: 'subscribe', payload: { query } });
  await vi.waitFor(() => expect(signal).not.toBeNull());
  expect(signal).toMatchObject({ aborted: false });
  say({ id: '1', type: 'complete' });
  await vi.waitFor(() => expect(signal).toMatchObject({ aborted: true }));
  say({ id: '1', type: 'subscribe', payload: { query: '{ datasets { name } }' } });
  await vi.waitFor(() =>
    expect(messages).toMatchObject([
      { id: '1', type: 'next', payload: { data: {} } },
      { id: '1', type: 'complete' },
    ]),
  );
  begun.mockRestore();
  socket.terminate();
});

it('of a client that does not read its answers, nothing more is read, until it does', async () => {
  const { socket, messages, say } = await connected(await world.keyOf('SEARCH'));
  socket.pause();
  const payload = { filler: 'x'.repeat(500_000) };
  for (let at = 0; at < PINGS; at += 1) say({ type: 'ping', payload });
  const left: number[] = [];
  // What is not read stays with the client.
  await vi.waitFor(
    () => {
      left.push(socket.bufferedAmount);
      expect(left.slice(-5)).toEqual(new Array<number>(5).fill(socket.bufferedAmount));
    },
    { timeout: 20_000, interval: 200 },
  );
  expect(socket.bufferedAmount).toBeGreaterThan(20_000_000);
  socket.resume();
  await vi.waitFor(() => expect(messages).toHaveLength(PINGS), { timeout: 20_000 });
  socket.terminate();
});
