import Libsql from 'libsql';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { blobColumns, borneBlobs } from '../../../server/adapters/metadata/sqlite/borne-blobs.js';
import { unusedBlobs } from '../../../server/adapters/metadata/sqlite/blob-use.js';
import { MIGRATION_NAMES } from '../../../server/adapters/metadata/sqlite/database.js';
import { connect } from '../../contract/metadata/sqlite.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { restoreRelease } from './released-schemas/released-database.js';

it('the blobs that rows bear are found in every column, and none of them counts as unused', async () => {
  const folder = await temporaryFolder();
  restoreRelease(MIGRATION_NAMES.at(-1) ?? '', folder);
  const database = new Libsql(join(folder, 'metadata.sqlite'));
  expect(blobColumns(database).map(({ table, column }) => `${table}.${column}`)).toEqual([
    'best_checkpoint.blob_id',
    'checkpoint.blob_id',
    'embedding_map.blob_id',
    'epoch_reconstruction.blob_id',
    'image.blob_id',
    'image.thumbnail_blob_id',
    'model.weights_blob_id',
  ]);
  const ids: string[] = [];
  for await (const batch of borneBlobs(database)) ids.push(...batch);
  database.close();
  expect(new Set(ids).size).toBe(13);
  // One of each column, or else deletions would take what a row bears.
  expect(await unusedBlobs(connect(folder).database, ids)).toEqual([]);
});
