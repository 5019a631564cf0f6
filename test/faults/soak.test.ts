import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeDirectory, temporaryDirectory } from '../integration/data-directory.js';
import { ask, upload } from '../integration/graphql-request.js';
import { followRun } from '../integration/running-server.js';
import { Dice, pause } from './dice.js';
import { neighboursOf } from './listing.js';
import { wavyPicture } from './pictures.js';
import { childrenOf, openFiles, residentMiB } from './processes.js';
import { endOfRun, startRun } from './runs.js';
import { SEED, SOAK_MINUTES } from './settings.js';
import { World } from './world.js';

const SAMPLED_EVERY_MS = 5000;
/** Share of the time after which memory and files are to be flat. */
const WARM_UP = 0.3;
/** What may be added to the memory of a process from then to the end, in MiB, and to its open files. */
const MOST_MIB = 80;
const MOST_FILES = 12;
/** More tensors in a later training than in an earlier one, seen within other steps. */
const MOST_TENSORS = 10;
const KEPT_IMAGES = 300;

interface Sample {
  readonly minute: number;
  readonly mib: number;
  readonly files: number;
}

const UPLOAD_SEARCH = `query ($datasetId: ID!, $file: Upload!) {
  similarImagesToUpload(datasetId: $datasetId, file: $file, k: 5) { neighbours { image { id } } } }`;

/** Of processes that live long: the trainers come and go. */
const samples = new Map<string, Sample[]>();
/** As trainers tell, while they train: each run with as many as the others. */
const tensors: number[] = [];
const done = new Map<string, number>();
let folder: string;
let world: World;

beforeAll(async () => {
  if (SOAK_MINUTES === 0) return;
  folder = await temporaryDirectory();
  world = await World.create(join(folder, 'data'), {}, new Dice(SEED));
});

afterAll(async () => {
  if (SOAK_MINUTES === 0) return;
  await world.server.stop('SIGKILL');
  await removeDirectory(folder);
});

it.runIf(SOAK_MINUTES > 0)(
  `${SOAK_MINUTES} minutes of mixed load leave memory and open files flat (seed ${SEED})`,
  async () => {
    const start = performance.now();
    const minutes = () => (performance.now() - start) / 60_000;
    const goesOn = () => minutes() < SOAK_MINUTES;
    const repeat = async (name: string, work: (dice: Dice) => Promise<void>, restMs: number) => {
      const dice = new Dice(SEED).for(name.length);
      while (goesOn()) {
        await work(dice);
        done.set(name, (done.get(name) ?? 0) + 1);
        await pause(restMs);
      }
    };
    await Promise.all([
      repeat('writes', write, 100),
      repeat('searches', searchStored, 5),
      repeat('searches by upload', searchUploaded, 20),
      repeat('trainings', train, 2000),
      repeat('maps', drawMap, 10_000),
      repeat('samples', () => sample(minutes()), SAMPLED_EVERY_MS),
    ]);
    console.log([...done].map(([name, count]) => `${count} ${name}`).join(', '));
    for (const [name, taken] of samples) console.log(`${name}: ${wordsOf(taken)}`);
    const half = Math.floor(tensors.length / 2);
    const [early, late] = [tensors.slice(0, half), tensors.slice(half)].map((each) =>
      Math.max(0, ...each),
    );
    console.log(`tensors of trainers, ${tensors.length} times: at most ${early}, later ${late}`);
    await world.check(new Dice(SEED), true);
    expect(early, 'tensors in training').toBeGreaterThan(0);
    expect(late, 'tensors later').toBeLessThanOrEqual((early ?? 0) + MOST_TENSORS);
    expect(samples.size).toBeGreaterThanOrEqual(3);
    for (const [name, taken] of samples) {
      expect(growthOf(taken, 'mib'), `${name}: MiB after the warm-up`).toBeLessThan(MOST_MIB);
      expect(growthOf(taken, 'files'), `${name}: files after the warm-up`).toBeLessThan(MOST_FILES);
    }
  },
  (SOAK_MINUTES + 10) * 60_000,
);

/** The dataset stays about as large as it is. */
async function write(dice: Dice): Promise<void> {
  const client = world.client(dice);
  await client.upload(1 + dice.whole(4));
  if (dice.chance(0.5)) await client.relabel(4);
  const excess = world.ledger.settled.length - KEPT_IMAGES;
  if (excess > 0) await client.delete(excess);
}

async function searchStored(dice: Dice): Promise<void> {
  const { neighbours } = await neighboursOf(world.server, dice.pick(world.queries));
  expect(neighbours.length).toBeGreaterThan(0);
}

async function searchUploaded(dice: Dice): Promise<void> {
  const file = await wavyPicture(dice, dice.whole(8));
  const variables = { datasetId: world.ledger.datasetId };
  const { errors } = await upload(world.server, UPLOAD_SEARCH, variables, file);
  expect(errors).toBeUndefined();
}

async function train(dice: Dice): Promise<void> {
  const hyperparameters = { epochs: 3, batchSize: 40, seed: dice.whole(1000) };
  const recipe = { architecture: 'conv-autoencoder', hyperparameters };
  const id = await startRun(world.server, world.trainedDatasetId, recipe);
  for await (const news of followRun(world.server, id)) {
    expect(news.status).not.toBe('FAILED');
    const held = await tensorsHeld();
    if (held > 0) tensors.push(held);
  }
  expect((await endOfRun(world.server, id)).status).toBe('SUCCEEDED');
  const { model } = await ask<{ model: { active: boolean } }>(
    world.server,
    'query ($id: ID!) { model(id: $id) { active } }',
    { id },
  );
  if (!model.active) await ask(world.server, `mutation { deleteModel(id: ${id}) }`);
}

async function tensorsHeld(): Promise<number> {
  const text = await (await world.server.fetch('/metrics')).text();
  return Number(/^lookalike_trainer_tensors (\d+)$/m.exec(text)?.[1] ?? 0);
}

async function drawMap(): Promise<void> {
  const [baseline] = world.baselines;
  await ask(
    world.server,
    'mutation ($modelId: ID!) { startEmbeddingMap(modelId: $modelId, kind: UMAP) { status } }',
    { modelId: baseline?.modelId },
  );
}

function sample(minute: number): Promise<void> {
  const { pid } = world.server;
  const embedders = childrenOf(pid).filter(({ role }) => role === 'embedder');
  const processes = [
    ['server', pid] as const,
    ...embedders.map((e) => [`embedder ${e.pid}`, e.pid] as const),
  ];
  for (const [name, each] of processes) {
    const taken = samples.get(name) ?? [];
    samples.set(name, taken);
    taken.push({ minute, mib: residentMiB(each), files: openFiles(each) });
  }
  return Promise.resolve();
}

/** By the line of least squares through what was sampled after the warm-up: how much from its start to its end. */
function growthOf(all: readonly Sample[], what: 'mib' | 'files'): number {
  const taken = all.slice(Math.floor(all.length * WARM_UP));
  const [first, last] = [taken[0], taken.at(-1)];
  if (!first || !last) return 0;
  return slopeOf(taken, what) * (last.minute - first.minute);
}

function slopeOf(taken: readonly Sample[], what: 'mib' | 'files'): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [x, y] = [mean(taken.map(({ minute }) => minute)), mean(taken.map((each) => each[what]))];
  const over = taken.reduce((sum, each) => sum + (each.minute - x) * (each[what] - y), 0);
  const under = taken.reduce((sum, each) => sum + (each.minute - x) ** 2, 0);
  return under === 0 ? 0 : over / under;
}

function wordsOf(all: readonly Sample[]): string {
  const taken = all.slice(Math.floor(all.length * WARM_UP));
  const numbers = (what: 'mib' | 'files') => {
    const values = taken.map((each) => each[what]);
    const range = `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}`;
    return `${range}, slope ${slopeOf(taken, what).toFixed(2)} a minute`;
  };
  return `MiB ${numbers('mib')}; files ${numbers('files')}`;
}
