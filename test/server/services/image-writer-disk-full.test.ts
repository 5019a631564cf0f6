import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { FileSystemBlobs } from '../../../server/adapters/blobs/file-system/blobs.js';
import { migrate, openDatabase } from '../../../server/adapters/metadata/sqlite/database.js';
import { SqliteDatasets } from '../../../server/adapters/metadata/sqlite/datasets.js';
import { SqliteEmbeddings } from '../../../server/adapters/metadata/sqlite/embeddings.js';
import { SqliteImages } from '../../../server/adapters/metadata/sqlite/images.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { openStores } from './stores.js';
import { file, outcomes, partsOn, picture, writerWorld } from './writer-world.js';

/** Blobs on a disk that is full from the given `putMany` on. */
class FullDisk extends FileSystemBlobs {
  puts = 0;

  constructor(
    folder: string,
    private readonly fullFrom: number,
  ) {
    super(folder);
  }

  override putMany(blobs: readonly Uint8Array[]): Promise<string[]> {
    this.puts += 1;
    if (this.puts < this.fullFrom) return super.putMany(blobs);
    const message = 'ENOSPC: no space left on device, write';
    return Promise.reject(Object.assign(new Error(message), { code: 'ENOSPC' }));
  }
}

it('a disk that fills up fails the request, and what is there is whole', async () => {
  const world = await writerWorld();
  const { stores, datasetId } = world;
  const blobs = new FullDisk(join(stores.indexFolder, '..', 'blobs'), 2);
  onTestFinished(() => blobs.close());
  const full = { ...world, ...partsOn({ ...stores, blobs }) };
  const files = await Promise.all(
    Array.from({ length: 100 }, async (_, at) => file(`${at}.png`, await picture(at))),
  );
  await expect(outcomes(full, files)).rejects.toMatchObject({ code: 'DISK_FULL' });
  const present = await stores.images.page(datasetId, {}, { limit: 200 });
  expect(present.map(({ name }) => name)).toEqual(files.slice(0, 64).map(({ name }) => name));
  for (const { blobId } of present) await stores.blobs.get(blobId);
  expect(await stores.datasets.byId(datasetId)).toMatchObject({ importedCount: 64 });

  const again = await outcomes(world, files);
  expect(again.filter((told) => told.endsWith('UNCHANGED'))).toHaveLength(64);
  expect(again.filter((told) => told.endsWith('ADDED'))).toHaveLength(36);
});

it('a database that cannot grow fails the request, and no row is without its bytes', async () => {
  const stores = await openStores();
  const folder = await temporaryFolder();
  const database = openDatabase(folder);
  onTestFinished(() => database.destroy());
  await migrate(database);
  const datasets = new SqliteDatasets(database);
  const images = new SqliteImages(database);
  const embeddings = new SqliteEmbeddings(database);
  const small = { ...stores, datasets, images, embeddings };
  const dataset = await datasets.create('own', 'My own');
  const world = { stores: small, datasetId: dataset?.id ?? 0, ...partsOn(small) };
  const pages = await sql<{ page_count: number }>`pragma page_count`.execute(database);
  await sql
    .raw(`pragma max_page_count = ${(pages.rows[0]?.page_count ?? 0) + 8}`)
    .execute(database);
  const bytes = await picture(1);
  const files = (round: number) =>
    Array.from({ length: 16 }, (_, at) => file(`${'long'.repeat(200)} ${round} ${at}`, bytes));
  let rounds = 0;
  const adding = async () => {
    for (; rounds < 50; rounds += 1) await outcomes(world, files(rounds));
  };
  await expect(adding()).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(await images.count(world.datasetId, {})).toBe(16 * rounds);
  const present = await images.page(world.datasetId, {}, { limit: 1000 });
  await stores.blobs.getMany(present.map(({ blobId }) => blobId));
});
