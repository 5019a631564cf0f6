import { expect, it } from 'vitest';
import { emptyDirectory } from './data-directory.js';
import { ask } from './graphql-request.js';
import { startServer } from './running-server.js';

it('a server whose output nobody reads any more goes on, and ends in order', async () => {
  const server = await startServer(await emptyDirectory());
  // The console gets ready behind the first answer, and tells so.
  await server.fetch('/search');
  server.closeOutput();
  await ask(server, 'mutation { createDataset(name: "short") { id } }');
  // What is told of it has nowhere to go.
  await ask(server, 'mutation { deleteDataset(id: 1) }');
  await expect
    .poll(async () => (await ask<{ datasets: unknown[] }>(server, '{ datasets { id } }')).datasets)
    .toEqual([]);
  expect(await server.stop()).toBe(0);
}, 30_000);
