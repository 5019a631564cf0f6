import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { ask } from '../../integration/graphql-request.js';
import { until, type Dice } from '../dice.js';
import { sha256 } from '../ledger-client.js';
import { datasetFacts, datasetNamed, listedImages } from '../listing.js';
import type { Victim, World } from '../world.js';
import type { Scenario } from './scenario.js';

export const IMPORTED = 6000;
const TRAIN = 5000;
const SIDE = 28;
const PIXELS = SIDE * SIDE;
const LATEST_KILL_MS = 500;
const SAMPLED = 20;
const NAME = 'fashion-mnist';

/** Writes four IDX files of random pictures, as Fashion-MNIST comes. @returns their folder */
export async function writeIdxFiles(folder: string, dice: Dice): Promise<string> {
  await mkdir(folder, { recursive: true });
  const start = dice.whole(1 << 16);
  for (const [prefix, first, count] of [
    ['train', 0, TRAIN],
    ['t10k', TRAIN, IMPORTED - TRAIN],
  ] as const) {
    const pixels = Uint8Array.from({ length: count * PIXELS }, (_, at) => {
      const picture = first + Math.floor(at / PIXELS);
      return (picture * 37 + (at % PIXELS) * (1 + (picture % 5)) + (picture >> 8) + start) % 256;
    });
    const labels = Uint8Array.from({ length: count }, (_, at) => at % 10);
    const images = Buffer.concat([headerOf([count, SIDE, SIDE]), pixels]);
    await writeFile(join(folder, `${prefix}-images-idx3-ubyte.gz`), gzipSync(images, { level: 1 }));
    const labelled = Buffer.concat([headerOf([count]), labels]);
    await writeFile(join(folder, `${prefix}-labels-idx1-ubyte.gz`), gzipSync(labelled));
  }
  return folder;
}

function headerOf(shape: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt8(8, 2);
  header.writeUInt8(shape.length, 3);
  shape.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis));
  return header;
}

/** Imports IDX files, or deletes what was imported, by turns. */
export const IMPORTING: Scenario = {
  kind: 'import',
  weight: 3,
  run: async (world, dice) => {
    const present = await datasetNamed(world.server, NAME);
    const begun = present === null ? begin(world) : remove(world, present);
    await dice.pause(LATEST_KILL_MS);
    const { victims } = await world.kill(dice.pick<Victim>(['api', 'api', 'all']), dice);
    const isAcknowledged = await begun;
    if (present === null) await checkImported(world, dice, isAcknowledged);
    else await checkRemoved(world, present, isAcknowledged);
    await world.check(dice);
    return victims;
  },
};

/** Whether it was acknowledged. */
async function begin({ server }: World): Promise<boolean> {
  try {
    await ask(server, 'mutation { importFashionMnist { id } }');
    return true;
  } catch {
    return false;
  }
}

async function remove({ server }: World, id: string): Promise<boolean> {
  try {
    await ask(server, 'mutation ($id: ID!) { deleteDataset(id: $id) }', { id });
    return true;
  } catch {
    return false;
  }
}

async function checkImported(world: World, dice: Dice, isAcknowledged: boolean): Promise<void> {
  const { server } = world;
  if ((await datasetNamed(server, NAME)) === null) {
    expect(isAcknowledged, 'an acknowledged import is gone').toBe(false);
    return;
  }
  await begin(world);
  const id = (await datasetNamed(server, NAME)) ?? '';
  await until('the import goes on to its end', async () => {
    const { status, importError } = await datasetFacts(server, id);
    expect(importError).toBeNull();
    return status === 'READY';
  });
  const { images, totalCount } = await listedImages(server, id);
  expect([images.length, totalCount]).toEqual([IMPORTED, IMPORTED]);
  expect(new Set(images.map(({ name }) => name)).size).toBe(IMPORTED);
  expect((await datasetFacts(server, id)).importedCount).toBe(IMPORTED);
  for (let at = 0; at < SAMPLED; at += 1) {
    const image = dice.pick(images);
    const answer = await server.fetch(`/originals/${image.id}`);
    expect(answer.status).toBe(200);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    // Those of a RAW picture are answered in a file that people can open.
    expect(bytes.byteLength).toBeGreaterThan(0);
    if (bytes.byteLength === PIXELS) expect(sha256(bytes)).toBe(image.sha256);
  }
}

async function checkRemoved(world: World, id: string, isAcknowledged: boolean): Promise<void> {
  const isDeleting = async () => {
    const { datasets } = await ask<{ datasets: { id: string; status: string }[] }>(
      world.server,
      '{ datasets { id status } }',
    );
    return datasets.find((dataset) => dataset.id === id)?.status ?? 'GONE';
  };
  if (!isAcknowledged && (await isDeleting()) === 'READY') return;
  await until('the dataset is deleted', async () => (await isDeleting()) === 'GONE');
}
