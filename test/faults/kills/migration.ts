import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { FileSystemBlobs } from '../../../server/adapters/blobs/file-system/blobs.js';
import { spawnServer, startServer, type RunningServer } from '../../integration/running-server.js';
import { ask } from '../../integration/graphql-request.js';
import { databaseOfFirstRelease } from '../../server/adapters/first-release.js';
import type { Dice } from '../dice.js';
import { sha256 } from '../ledger-client.js';
import { listedImages } from '../listing.js';
import { childrenOf, killNow } from '../processes.js';
import type { Victim, World } from '../world.js';
import type { Scenario } from './scenario.js';

/** So many that the migrations take a while. */
const IMAGES = 30_000;
const PICTURES = 7;
const PIXELS = 784;
const LATEST_KILL_MS = 1500;
const MOST_KILLS = 3;

/** A data directory of the first release is brought up to date, and killed while it is. */
export class Migrating implements Scenario {
  readonly kind = 'migration';
  readonly weight = 2;
  private fixture: string | null = null;

  async run(world: World, dice: Dice): Promise<readonly Victim[]> {
    const folder = join(world.directory, '..', 'migrated');
    this.fixture ??= await writeFixture(join(world.directory, '..', 'first-release'));
    await rm(folder, { recursive: true, force: true });
    await cp(this.fixture, folder, { recursive: true });
    const victims: Victim[] = [];
    const kills = 1 + dice.whole(MOST_KILLS);
    while (victims.length < kills) {
      const { pid, listening, stop } = spawnServer(folder);
      // It is ended before it listens, most times.
      listening.catch(() => undefined);
      await dice.pause(LATEST_KILL_MS);
      const children = childrenOf(pid);
      await stop('SIGKILL');
      for (const child of children) killNow(child.pid);
      victims.push('all');
    }
    const server = await startServer(folder);
    try {
      await checkMigrated(server, dice);
    } finally {
      await server.stop('SIGKILL');
    }
    return victims;
  }
}

function pictureOf(number: number): Uint8Array {
  return Uint8Array.from({ length: PIXELS }, (_, at) => (at * (number + 1)) % 256);
}

async function writeFixture(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const blobs = new FileSystemBlobs(join(folder, 'blobs'));
  const ids = await blobs.putMany(Array.from({ length: PICTURES }, (_, at) => pictureOf(at)));
  await blobs.close();
  const database = await databaseOfFirstRelease(folder);
  const names = JSON.stringify(ids);
  // A number that is bound is none that JSON is counted by.
  const pictures = sql.lit(PICTURES);
  await sql`
    with recursive number(n) as (select 3 union all select n + 1 from number where n < ${sql.lit(IMAGES)})
    insert into image (id, dataset_id, name, blob_id, format, width, height, channels, byte_length,
      label, split)
    select n, 1, 'train/' || n, '', 'RAW', 28, 28, 1, 784, 'kind ' || (n % 5),
      case n % 7 when 0 then 'TEST' else 'TRAIN' end from number`.execute(database);
  await sql`update image set blob_id = ${names} ->> (id % ${pictures})`.execute(database);
  await sql`
    insert into embedding (model_id, image_id, vector)
    select 1, id, x'0000003F000080BF' from image where id > 2`.execute(database);
  await sql`update dataset set imported_count = ${IMAGES}`.execute(database);
  await database.destroy();
  return folder;
}

async function checkMigrated(server: RunningServer, dice: Dice): Promise<void> {
  const { images, totalCount } = await listedImages(server, '1');
  expect([images.length, totalCount]).toEqual([IMAGES, IMAGES]);
  for (const { id, label, split } of images.slice(2)) {
    const number = Number(id);
    expect([label, split]).toEqual([`kind ${number % 5}`, number % 7 === 0 ? 'TEST' : 'TRAIN']);
  }
  for (let at = 0; at < PICTURES; at += 1) {
    const image = dice.pick(images);
    expect(image.sha256).toBe(sha256(pictureOf(Number(image.id) % PICTURES)));
    const answer = await server.fetch(`/originals/${image.id}`);
    await answer.arrayBuffer();
    expect(answer.status).toBe(200);
  }
  const { models, trainingRuns } = await ask<{
    models: { id: string; active: boolean }[];
    trainingRuns: { status: string }[];
  }>(server, '{ models { id active } trainingRuns { status } }');
  expect(models).toEqual([{ id: '1', active: true }]);
  expect(trainingRuns).toEqual([{ status: 'SUCCEEDED' }]);
}
