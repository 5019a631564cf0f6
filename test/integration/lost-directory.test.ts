import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { add } from './added-pictures.js';
import { emptyDirectory } from './data-directory.js';
import { ask } from './graphql-request.js';
import { colouredPicture } from './picture-folder.js';
import { startServer } from './running-server.js';

const TRAIN = `mutation ($datasetId: ID!) { startTraining(input: { datasetId: $datasetId,
  architecture: "conv-autoencoder", hyperparameters: [{ name: "epochs", value: 500 }] }) { id } }`;

it('a server whose data directory is deleted under it ends with the reason, and makes no other', async () => {
  const directory = join(await emptyDirectory(), 'data');
  const server = await startServer(directory);
  const { createDataset } = await ask<{ createDataset: { id: string } }>(
    server,
    'mutation { createDataset(name: "colours", title: null) { id } }',
  );
  const files = await Promise.all(
    [1, 2, 3].map(async (at) => ({ name: `${at}.png`, bytes: await colouredPicture(at) })),
  );
  await add(server, createDataset.id, files);
  await ask(server, TRAIN, { datasetId: createDataset.id });
  await rm(directory, { recursive: true });
  // A signal that does nothing: it ends by itself.
  expect(await server.stop('SIGCONT')).toBe(1);
  expect(server.output()).toContain('DATA_DIRECTORY_UNUSABLE');
  expect(server.output()).toContain('was deleted while the server was running');
  expect(existsSync(join(directory, 'metadata.sqlite'))).toBe(false);
});
