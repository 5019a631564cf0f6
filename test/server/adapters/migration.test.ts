import { join } from 'node:path';
import { CompiledQuery, sql } from 'kysely';
import Libsql from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { startOfBlobId } from '../../../server/adapters/metadata/sqlite/blob-use.js';
import { migrate, openDatabase } from '../../../server/adapters/metadata/sqlite/database.js';
import { SqliteDatasets } from '../../../server/adapters/metadata/sqlite/datasets.js';
import { SqliteEmbeddings } from '../../../server/adapters/metadata/sqlite/embeddings.js';
import { SqliteImages } from '../../../server/adapters/metadata/sqlite/images.js';
import { SqliteModelActivations } from '../../../server/adapters/metadata/sqlite/model-activations.js';
import { SqliteModels } from '../../../server/adapters/metadata/sqlite/models.js';
import { SqliteTrainingRuns } from '../../../server/adapters/metadata/sqlite/training-runs.js';
import { LookalikeError } from '../../../server/domain/errors.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { databaseOfFirstRelease, IMPORTED_AT, repeatRow } from './first-release.js';

it('a migration that breaks off leaves nothing behind, and is made whole the next time', async () => {
  const folder = await temporaryFolder();
  // The last table of the migration is in the way, so that it fails with the others made.
  const inTheWay = new Libsql(join(folder, 'metadata.sqlite'));
  inTheWay.exec('create table embedding (unlike text)');
  inTheWay.close();

  const database = openDatabase(folder);
  await expect(migrate(database)).rejects.toBeInstanceOf(LookalikeError);
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name = 'dataset'`.execute(database);
  expect(rows).toEqual([]);

  await sql`drop table embedding`.execute(database);
  await migrate(database);
  await migrate(database);
  expect(await database.selectFrom('dataset').selectAll().execute()).toEqual([]);
  await database.destroy();
});

it('a database of the first release is brought up to date, and keeps what it held', async () => {
  const database = await databaseOfFirstRelease(await temporaryFolder());
  onTestFinished(() => database.destroy());
  await migrate(database);
  const images = new SqliteImages(database);
  const embeddings = new SqliteEmbeddings(database);
  const image = { datasetId: 1, format: 'RAW', width: 28, height: 28, channels: 1, label: 'Bag' };
  expect(await images.page(1, { addedFrom: new Date(IMPORTED_AT) }, { limit: 9 })).toEqual(
    [1, 2].map((id) => ({
      ...image,
      id,
      name: `train/${id}`,
      blobId: `blob ${id}`,
      byteLength: 784,
      split: 'TRAIN',
      hasAlpha: false,
      thumbnailBlobId: null,
      addedAt: new Date(IMPORTED_AT),
    })),
  );
  expect(await new SqliteModels(database).byId(1)).toMatchObject({
    input: {
      width: 28,
      height: 28,
      channels: 1,
      fit: 'CONTAIN',
      background: '#000000',
      scaling: 'UNIT',
    },
    evaluation: { queryCount: 0, details: null },
    statistics: null,
    weightsBlobId: 'weights',
    indexes: [
      {
        ...{ id: 'index', split: 'TRAIN', metric: 'COSINE', size: 1, m: 16 },
        ...{ efConstruction: 200, efSearch: 77, recallTarget: null, recallCurve: [] },
        ...{ buildSeconds: 1.5, byteLength: 1000 },
      },
    ],
  });
  expect(await new SqliteTrainingRuns(database).byId(1)).toMatchObject({ input: null, modelId: 1 });
  expect(await embeddings.findMany(1, [1, 2])).toEqual([
    { imageId: 2, vector: Float32Array.from([0.5, -1]), reconstructionError: null },
  ]);
  expect(await embeddings.counts(1, 1)).toEqual({ EMBEDDED: 1, FAILED: 0, PENDING: 1 });
});

it('what is known of the models that were active before there was a history is its beginning', async () => {
  const database = await databaseOfFirstRelease(await temporaryFolder());
  onTestFinished(() => database.destroy());
  for (const table of ['training_run', 'model']) await repeatRow(database, table, 1, [3, 4]);
  await sql`update dataset set active_model_id = 3`.execute(database);
  await migrate(database);
  const activations = new SqliteModelActivations(database);
  const rest = { datasetId: 1, forced: false, at: new Date(IMPORTED_AT) };
  expect(await activations.list(1)).toEqual([
    { ...rest, modelId: 3, previousModelId: 4, cause: 'HAND' },
    { ...rest, modelId: 4, previousModelId: 3, cause: 'RUN' },
    { ...rest, modelId: 3, previousModelId: 1, cause: 'RUN' },
    { ...rest, modelId: 1, previousModelId: null, cause: 'RUN' },
  ]);
  expect(await activations.rollBack(1)).toBe(4);
});

it('an upgraded database can be worked with as a new one', async () => {
  const database = await databaseOfFirstRelease(await temporaryFolder());
  onTestFinished(() => database.destroy());
  await migrate(database);
  const images = new SqliteImages(database);
  const datasets = new SqliteDatasets(database);
  expect(await images.idsToEmbed(1, 1, 0, 9)).toEqual([1]);
  const said = { label: null, split: 'TEST', metadata: [{ key: 'a', value: 'b' }] } as const;
  expect(await images.describe(2, said)).toBe(true);
  expect(await images.ids(1, { metadata: said.metadata })).toEqual([2]);
  expect(await images.deleteMany([1, 2])).toEqual(['blob 1', 'blob 2']);
  expect(await new SqliteEmbeddings(database).findMany(1, [2])).toEqual([]);
  expect(await datasets.delete(1)).toEqual({ blobIds: ['weights'], indexIds: ['index'] });
});

it('a blob that another image bears is found in an upgraded database, by what its index holds', async () => {
  const database = await databaseOfFirstRelease(await temporaryFolder());
  onTestFinished(() => database.destroy());
  await migrate(database);
  await database.updateTable('image').set({ blob_id: 'the same' }).execute();
  const indexes = await sql<{ name: string }>`
    select name from sqlite_master where type = 'index' and name like 'image_by_blob%'`.execute(
    database,
  );
  expect(indexes.rows).toEqual([{ name: 'image_by_blob_start' }]);
  const query = database
    .selectFrom('image')
    .select('id')
    .where(startOfBlobId, 'in', ['the same'])
    .where('blob_id', 'in', ['the same'])
    .compile();
  const plan = await database.executeQuery<{ detail: string }>(
    CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters]),
  );
  expect(plan.rows.map(({ detail }) => detail).join()).toContain('image_by_blob_start');
  const images = new SqliteImages(database);
  expect(await images.exactDuplicates(1)).toEqual([[1, 2]]);
  expect(await images.deleteMany([1])).toEqual([]);
  expect(await images.deleteMany([2])).toEqual(['the same']);
});
