import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { boundConnections } from '../../../server/http/connections.js';

async function served(isBehindProxy: boolean) {
  const server = createServer((_request, response) => void response.end('ok'));
  boundConnections(server, isBehindProxy, 4);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  /** Of an address of this machine; null where it is closed instead of answered. */
  return async (localAddress: string): Promise<Socket | null> => {
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined);
    const closed = once(socket, 'close').then(() => null);
    socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    return Promise.race([once(socket, 'data').then(() => socket), closed]);
  };
}

it('one network may have half of the connections, and again when it has closed some', async () => {
  const ask = await served(false);
  const first = await ask('127.0.0.1');
  expect(first).not.toBeNull();
  expect(await ask('127.0.0.1')).not.toBeNull();
  expect(await ask('127.0.0.1')).toBeNull();
  expect(await ask('127.0.0.2')).not.toBeNull();
  first?.end();
  await expect.poll(() => ask('127.0.0.1')).not.toBeNull();
});

it('a proxy may have all of them', async () => {
  const ask = await served(true);
  for (let count = 0; count < 4; count += 1) expect(await ask('127.0.0.1')).not.toBeNull();
  expect(await ask('127.0.0.2')).toBeNull();
});
