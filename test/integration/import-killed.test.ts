import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FileSystemBlobs } from '../../server/adapters/blobs/file-system/blobs.js';
import { openDatabase } from '../../server/adapters/metadata/sqlite/database.js';
import { SqliteImages } from '../../server/adapters/metadata/sqlite/images.js';
import { inBatches } from '../../server/domain/batches.js';
import type { Image } from '../../server/domain/image.js';
import { emptyDirectory } from './data-directory.js';
import { ask } from './graphql-request.js';
import { importEnd } from './import-end.js';
import { startServer, type RunningServer } from './running-server.js';

const IMAGES = 70_000;
const BLOBS_AT_A_TIME = 5000;

it('an import that is killed keeps what it said was there, and goes on to the end without doubles', async () => {
  const directory = await emptyDirectory();
  const environment = {
    LOOKALIKE_FASHION_MNIST_DIR:
      process.env['LOOKALIKE_FASHION_MNIST_DIR'] ?? join('.cache', 'fashion-mnist'),
  };
  const killed = await startServer(directory, { ...environment, LOOKALIKE_FIRST_START: 'import' });
  onTestFinished(() => killed.stop('SIGKILL').then(() => undefined));
  const acknowledged = await someImported(killed);
  await killed.stop('SIGKILL');

  const kept = await wholeImages(directory);
  expect(kept.length).toBeGreaterThanOrEqual(acknowledged);
  expect(kept.length).toBeLessThan(IMAGES);

  const server = await startServer(directory, environment);
  onTestFinished(() => server.stop().then(() => undefined));
  const { status, importedCount, importError } = await importEnd(server);
  expect({ status, importedCount, importError }).toEqual({
    status: 'READY',
    importedCount: IMAGES,
    importError: null,
  });
  await server.stop();

  const all = await wholeImages(directory);
  expect(all).toHaveLength(IMAGES);
  expect(new Set(all.map(({ name }) => name)).size).toBe(IMAGES);
  expect(all.slice(0, kept.length)).toEqual(kept);
});

/** Waits until the first images are told of. */
async function someImported(server: RunningServer): Promise<number> {
  for (;;) {
    const { datasets } = await ask<{ datasets: { importedCount: number }[] }>(
      server,
      '{ datasets { importedCount } }',
    );
    const count = datasets[0]?.importedCount ?? 0;
    if (count > 0) return count;
  }
}

/** The images of the first dataset in the order of their ids, when the bytes of each have been read. */
async function wholeImages(directory: string): Promise<Image[]> {
  const database = openDatabase(directory);
  const blobs = new FileSystemBlobs(join(directory, 'blobs'));
  try {
    const images = await new SqliteImages(database).page(1, {}, { limit: 2 * IMAGES });
    for (const batch of inBatches(images, BLOBS_AT_A_TIME)) {
      // It throws where bytes are missing, or do not have the checksum that the row says.
      await blobs.getMany(batch.map(({ blobId }) => blobId));
    }
    return images;
  } finally {
    await database.destroy();
    await blobs.close();
  }
}
