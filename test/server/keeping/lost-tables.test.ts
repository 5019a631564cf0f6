import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FileSystemBlobs } from '../../../server/adapters/blobs/file-system/blobs.js';
import {
  MIGRATION_NAMES,
  openDatabase,
} from '../../../server/adapters/metadata/sqlite/database.js';
import { backUp, verify } from '../../../server/compose-keeping.js';
import { openStores } from '../../../server/compose-stores.js';
import { readConfig } from '../../../server/config.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { blobId } from '../adapters/released-schemas/rows.js';
import { directoryOf, ignored } from './data-directory.js';

function configOf(directory: string) {
  return readConfig({ LOOKALIKE_DATA_DIR: directory });
}

it('pictures whose tables were emptied are no litter: nobody makes new tables, and nothing is cleared up', async () => {
  const directory = await directoryOf(MIGRATION_NAMES.at(-1) ?? '');
  await truncate(join(directory, 'metadata.sqlite'), 0);
  const lost = { code: 'DATA_DIRECTORY_UNUSABLE' };
  await expect(verify(configOf(directory), true, ignored)).rejects.toMatchObject(lost);
  await expect(backUp(directory, join(directory, 'backup'), false, ignored)).rejects.toMatchObject(
    lost,
  );
  expect(() => openStores(configOf(directory))).toThrow(/Restore it from a backup/);
  const blobs = new FileSystemBlobs(join(directory, 'blobs'));
  onTestFinished(() => blobs.close());
  expect(await blobs.get(blobId('picture 1'))).toHaveLength(9);
});

it('a first start that was killed before it made the tables is begun again', async () => {
  const directory = await temporaryFolder();
  await openDatabase(directory).destroy();
  await new FileSystemBlobs(join(directory, 'blobs')).close();
  const stores = openStores(configOf(directory));
  await stores.database.destroy();
  await stores.blobs.close();
});
