import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { InProcessEvents } from '../../../server/adapters/events/in-process/events.js';
import { migrate } from '../../../server/adapters/metadata/sqlite/database.js';
import { SqliteTrainingQueue } from '../../../server/adapters/metadata/sqlite/training-queue.js';
import { OWNER } from '../../../server/adapters/model-runtime/child-process/messages.js';
import { ChildProcessTrainerPool } from '../../../server/adapters/model-runtime/child-process/trainer-pool.js';
import { standingClock } from '../../contract/metadata/clock.js';
import { queuedRun } from '../../contract/metadata/rows.js';
import { connect } from '../../contract/metadata/sqlite.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { keptLog } from '../services/kept-log.js';

/** A trainer that tells what it was started with and dies: at once, or when it is told to, with work in hand. */
const DYING = `
import { appendFileSync, existsSync } from 'node:fs';
appendFileSync(new URL('started', import.meta.url), process.argv.at(-1) + '\\n');
if (process.env.DIES === 'AT_ONCE') process.exit(1);
setInterval(() => {
  if (!existsSync(new URL('go', import.meta.url))) return;
  process.send({ runChanged: 1, memory: null }, () => process.kill(process.pid, 'SIGKILL'));
}, 20);
`;

async function world(dies: string) {
  const folder = await temporaryFolder();
  const { database, tables } = connect(folder);
  await migrate(database);
  const entry = join(folder, 'trainer.mjs');
  await writeFile(entry, DYING);
  vi.stubEnv('DIES', dies);
  const log = keptLog();
  const events = new InProcessEvents();
  const pool = new ChildProcessTrainerPool(entry, tables.queue, events, log);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await pool.close();
  });
  await queuedRun(tables);
  const owners = async () => {
    const path = join(folder, 'started');
    const lines = existsSync(path) ? (await readFile(path, 'utf8')).trim().split('\n') : [];
    return lines.map((word) => word.slice(OWNER.length));
  };
  return { folder, database, tables, pool, log, owners };
}

it('the run of a trainer that died with it in hand goes on in the next one, before its lease is over', async () => {
  // Leases never end by themselves here.
  standingClock();
  const { folder, database, tables, pool, owners } = await world('TOLD');
  pool.wake();
  await vi.waitUntil(async () => (await owners()).length === 1, { timeout: 60_000 });
  const [owner] = await owners();
  const claim = await new SqliteTrainingQueue(database, owner).claim(3);
  expect(claim?.run.status).toBe('RUNNING');
  await writeFile(join(folder, 'go'), '');
  await vi.waitUntil(async () => (await owners()).length > 1, { timeout: 60_000 });
  expect(new Set(await owners()).size).toBe((await owners()).length);
  expect(await tables.queue.hasWaiting()).toBe(true);
});

it('a trainer that dies before it does anything is started less and less often, and that is told', async () => {
  const clock = standingClock();
  const { pool, log, owners } = await world('AT_ONCE');
  const deaths = () => log.lines.filter((line) => line.includes('before it had taken up any work'));
  const died = (times: number) =>
    vi.waitUntil(() => deaths().length === times, { timeout: 60_000, interval: 5 });
  pool.wake();
  await died(1);
  clock.pass(2000);
  pool.wake();
  await died(2);
  // It would have to wait four seconds now: three are not enough.
  clock.pass(3000);
  pool.wake();
  expect(await owners()).toHaveLength(2);
  clock.pass(1000);
  pool.wake();
  await died(3);
  expect(deaths().map((line) => /is started in .*/.exec(line)?.[0])).toEqual([
    ...['is started in 2 s', 'is started in 4 s', 'is started in 8 s'],
  ]);
});
