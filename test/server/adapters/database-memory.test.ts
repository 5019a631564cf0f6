import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { LONGEST_UNSEEN_MS } from '../../../server/adapters/metadata/sqlite/change-stamp.js';
import { migrate, openDatabase } from '../../../server/adapters/metadata/sqlite/database.js';
import { SqliteDatasets } from '../../../server/adapters/metadata/sqlite/datasets.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';

/** Two connections to one database, as two processes have them. */
async function twoConnections() {
  const folder = await temporaryFolder();
  const [one, other] = [openDatabase(folder), openDatabase(folder)];
  onTestFinished(async () => {
    await one.destroy();
    await other.destroy();
  });
  await migrate(one);
  return { one, other };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
/** Longer than the commit of another connection may stay unseen. */
const aWhile = () => sleep(2 * LONGEST_UNSEEN_MS);

it('tells its own changes and those of another connection, and nothing else', async () => {
  const { one, other } = await twoConnections();
  const first = one.changes.read();
  await new SqliteDatasets(one).list();
  await sql`with some as (select 1 as id) select id from some`.execute(one);
  expect(one.changes.read()).toBe(first);

  await new SqliteDatasets(one).create('own', 'Own');
  const second = one.changes.read();
  expect(second).not.toBe(first);
  await sql`with no as (select 4711 as id) update dataset set title = 'New'
    where id not in (select id from no)`.execute(one);
  const third = one.changes.read();
  expect(third).not.toBe(second);

  await new SqliteDatasets(other).create('foreign', 'Foreign');
  await aWhile();
  expect(one.changes.read()).not.toBe(third);
});

it('says nothing within a transaction', async () => {
  const { one } = await twoConnections();
  await one.transaction().execute(async (transaction) => {
    await transaction.selectFrom('dataset').selectAll().execute();
    expect(one.changes.read()).toBeNull();
  });
  expect(one.changes.read()).not.toBeNull();
});

it('answers with the row as another connection has left it', async () => {
  const { one, other } = await twoConnections();
  const [here, there] = [new SqliteDatasets(one), new SqliteDatasets(other)];
  const { id } = await here.findOrCreate('pictures', 'Pictures');
  expect(await here.byId(id)).toMatchObject({ status: 'IMPORTING' });
  for (const status of ['READY', 'DELETING', 'READY'] as const) {
    await there.setImportState(id, { status });
    expect(await here.byId(id)).toMatchObject({ status });
  }
  await here.setImportState(id, { status: 'DELETING' });
  expect(await here.byId(id)).toMatchObject({ status: 'DELETING' });
  await there.delete(id);
  expect(await here.byId(id)).toBeNull();
});

it('knows no earlier row once a statement may have seen a later one, nor after a while', async () => {
  const { one, other } = await twoConnections();
  const [here, there] = [new SqliteDatasets(one), new SqliteDatasets(other)];
  const { id } = await here.findOrCreate('pictures', 'Pictures');
  for (const status of ['READY', 'DELETING', 'READY', 'DELETING'] as const) {
    await here.byId(id);
    await there.setImportState(id, { status });
    expect(await here.list()).toMatchObject([{ status }]);
    expect(here.known(id)).toBeNull();
    expect(await here.byId(id)).toMatchObject({ status });
    expect(here.known(id)).toMatchObject({ status });
  }
  await there.setImportState(id, { status: 'READY' });
  await aWhile();
  expect(here.known(id)).toBeNull();
});

it('runs a statement again that failed, and one whose table has changed since', async () => {
  const { one } = await twoConnections();
  const insert = () =>
    one.insertInto('doomed_blob').values({ blob_id: 'a' }).returningAll().execute();
  expect(await insert()).toEqual([{ blob_id: 'a' }]);
  await expect(insert()).rejects.toThrow(/UNIQUE|constraint/i);
  await one.deleteFrom('doomed_blob').execute();
  expect(await insert()).toEqual([{ blob_id: 'a' }]);

  const all = () => one.selectFrom('doomed_blob').selectAll().execute();
  expect(await all()).toEqual([{ blob_id: 'a' }]);
  await sql`alter table doomed_blob add column reason text`.execute(one);
  expect(await all()).toEqual([{ blob_id: 'a', reason: null }]);
});

it('serves those who wait for the connection in the order they came', async () => {
  const { one } = await twoConnections();
  const served: number[] = [];
  const waiting = Array.from({ length: 20 }, async (_, place) => {
    await one.transaction().execute(async (transaction) => {
      await transaction.selectFrom('dataset').selectAll().execute();
      await turn();
      served.push(place);
    });
  });
  await Promise.all(waiting);
  expect(served).toEqual(served.toSorted((a, b) => a - b));
  await expect(one.transaction().execute(() => Promise.reject(new Error('no')))).rejects.toThrow();
  expect(await one.selectFrom('dataset').selectAll().execute()).toEqual([]);
});
