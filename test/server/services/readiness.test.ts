import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { FolderTrial } from '../../../server/adapters/blobs/file-system/folder-trial.js';
import { ConsoleLog } from '../../../server/adapters/log/console/log.js';
import { migrate, openDatabase } from '../../../server/adapters/metadata/sqlite/database.js';
import { SqliteDatasets } from '../../../server/adapters/metadata/sqlite/datasets.js';
import {
  MigrationTrial,
  TransactionTrial,
} from '../../../server/adapters/metadata/sqlite/trials.js';
import { SqliteModels } from '../../../server/adapters/metadata/sqlite/models.js';
import { SqliteEmbeddings } from '../../../server/adapters/metadata/sqlite/embeddings.js';
import { SqliteTrainingQueue } from '../../../server/adapters/metadata/sqlite/training-queue.js';
import { SqliteTrainingRuns } from '../../../server/adapters/metadata/sqlite/training-runs.js';
import { HnswlibIndexes } from '../../../server/adapters/vector-index/hnswlib/indexes.js';
import { LiveIndexes } from '../../../server/services/live-indexes.js';
import { Readiness } from '../../../server/services/readiness.js';
import { newModel } from '../../contract/metadata/rows.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';

/** What is missing is looked for anew by each of its `readiness`. */
async function opened() {
  const folder = await temporaryFolder();
  const blobs = join(folder, 'blobs');
  await mkdir(blobs);
  const database = openDatabase(folder);
  onTestFinished(() => database.destroy());
  await migrate(database);
  const datasets = new SqliteDatasets(database);
  const models = new SqliteModels(database);
  const log = new ConsoleLog('test', { format: 'text', level: 'error' });
  const nobody = { rebuildIndex: () => Promise.reject(new Error('Nobody is there.')) };
  const live = new LiveIndexes(
    new HnswlibIndexes(join(folder, 'indexes')),
    ...([new SqliteEmbeddings(database), nobody, models, log] as const),
  );
  const trials = {
    migrations: [new MigrationTrial(database)],
    database: [new FolderTrial(folder), new TransactionTrial(database)],
    blobs: [new FolderTrial(blobs)],
  };
  const readiness = () => new Readiness(trials, datasets, live, log, 500);
  return { folder, blobs, database, datasets, readiness };
}

it('nothing is missing of a server that has all', async () => {
  const { readiness, database, datasets } = await opened();
  await datasets.findOrCreate('pictures', 'Pictures');
  const before = database.changes.read();
  expect(await readiness().missing()).toEqual({});
  // Asking changes nothing that others would have to read again.
  expect(database.changes.read()?.split(' ')[1]).toBe(before?.split(' ')[1]);
});

it('names a migration that was not made', async () => {
  const { readiness, database } = await opened();
  await database.deleteFrom('kysely_migration').where('name', '=', '011-access').execute();
  expect(Object.keys(await readiness().missing())).toEqual(['migrations']);
});

it('names a directory that cannot be written', async () => {
  const { readiness, blobs } = await opened();
  await rm(blobs, { recursive: true });
  expect(Object.keys(await readiness().missing())).toEqual(['blobs']);
});

it('names a database that takes no transaction, and has it again when it does', async () => {
  const { readiness, folder } = await opened();
  const other = new Libsql(join(folder, 'metadata.sqlite'));
  other.exec('begin immediate');
  const missing = await readiness().missing();
  other.exec('rollback');
  other.close();
  expect(missing).toEqual({ database: 'The database cannot be written.' });
  await expect.poll(() => readiness().missing(), { timeout: 30_000 }).toEqual({});
});

it('names the index of an active model that cannot be loaded', async () => {
  const { readiness, database, datasets } = await opened();
  const { id } = await datasets.findOrCreate('pictures', 'Pictures');
  await new SqliteTrainingRuns(database).create(id, 'conv-autoencoder', {}, null);
  const queue = new SqliteTrainingQueue(database);
  const claim = await queue.claim(3);
  if (!claim) throw new Error('No run waits.');
  await queue.succeed(claim.lease, newModel(claim.run.id, id));
  expect(Object.keys(await readiness().missing())).toEqual(['indexes']);
});

it('looks once for all who ask at about the same time', async () => {
  const { readiness, blobs } = await opened();
  const asked = readiness();
  expect(await asked.missing()).toEqual({});
  await rm(blobs, { recursive: true });
  expect(await asked.missing()).toEqual({});
});

it('is not ready any more as soon as it stops', async () => {
  const asked = (await opened()).readiness();
  asked.stop();
  expect(await asked.missing()).toEqual({ running: 'The server is stopping.' });
});
