import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { FileSystemBlobs } from '../../../server/adapters/blobs/file-system/blobs.js';
import { FileSystemStoredBlobs } from '../../../server/adapters/blobs/file-system/stored-blobs.js';
import { migrate } from '../../../server/adapters/metadata/sqlite/database.js';
import { SqliteInventory } from '../../../server/adapters/metadata/sqlite/inventory.js';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import { HnswlibIndexes } from '../../../server/adapters/vector-index/hnswlib/indexes.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { BulkEmbedder } from '../../../server/services/bulk-embedder.js';
import { LoadedNetworks } from '../../../server/services/loaded-networks.js';
import { Verification } from '../../../server/services/verification.service.js';
import { newImage } from '../../contract/metadata/rows.js';
import { connect } from '../../contract/metadata/sqlite.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { noise } from '../adapters/picture-files.js';

async function world() {
  const folder = await temporaryFolder();
  const { database, tables } = connect(folder);
  await migrate(database);
  const blobs = new FileSystemBlobs(join(folder, 'blobs'));
  const stored = new FileSystemStoredBlobs(join(folder, 'blobs'));
  const inventory = new SqliteInventory(folder);
  onTestFinished(async () => {
    inventory.close();
    await stored.close();
    await blobs.close();
  });
  const indexes = new HnswlibIndexes(join(folder, 'indexes'));
  const stores = { ...tables, blobs, indexes, pictures: new SharpPictures() };
  const networks = new LoadedNetworks(createNetworks, blobs);
  const bulk = new BulkEmbedder(networks, stores, createExactSearch);
  const { id: datasetId } = await tables.datasets.findOrCreate('pictures', 'Pictures');
  const verified = async (repairs: boolean) => {
    const parts = { ...stores, inventory, stored, bulk, isAlone: true };
    const { faults } = await new Verification(parts, () => undefined).verify(repairs);
    return faults.map(({ kind, isRepaired }) => `${kind} ${isRepaired ? 'repaired' : 'left'}`);
  };
  return { folder, ...stores, datasetId, verified };
}

it('a thumbnail that comes out otherwise than the one that is lost stays', async () => {
  const { blobs, images, datasetId, datasets, verified } = await world();
  const blobId = await blobs.put(await noise(600, 400).png().toBuffer());
  const shape = { format: 'PNG', width: 600, height: 400, channels: 3 } as const;
  // As another version of the encoder made it.
  const thumbnailBlobId = 'ab'.repeat(32);
  await images.insertMany([newImage(datasetId, 'a.png', { blobId, ...shape, thumbnailBlobId })]);
  await datasets.recount(datasetId);
  expect(await verified(true)).toEqual(['THUMBNAIL_LOST repaired']);
  expect(await verified(false)).toEqual([]);
  const [image] = await images.byNames(datasetId, ['a.png']);
  expect(await blobs.get(image?.thumbnailBlobId ?? '')).not.toHaveLength(0);
});

it('files that nothing refers to are kept where rows that did may be lost', async () => {
  const { folder, blobs, verified } = await world();
  const blobId = await blobs.put(Buffer.from('the original of a row that is lost'));
  const tables = new Libsql(join(folder, 'metadata.sqlite'));
  tables.pragma('foreign_keys = off');
  tables.exec("insert into image_metadata values (77, 'colour', 'red')");
  expect(await verified(true)).toEqual(['REFERENCE_BROKEN left', 'BLOBS_ORPHANED left']);
  expect(await blobs.get(blobId)).not.toHaveLength(0);
  tables.exec('delete from image_metadata');
  tables.close();
  expect(await verified(true)).toEqual(['BLOBS_ORPHANED repaired']);
  await expect(blobs.get(blobId)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
});
