import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeDirectory, temporaryDirectory } from '../integration/data-directory.js';
import { Dice } from './dice.js';
import { ACTIVATION } from './kills/activation.js';
import { BundleImporting } from './kills/bundles.js';
import { IMPORTING, writeIdxFiles } from './kills/importing.js';
import { Migrating } from './kills/migration.js';
import type { Scenario } from './kills/scenario.js';
import { TRAINING } from './kills/training.js';
import { WRITING } from './kills/writing.js';
import { endOfRun } from './runs.js';
import { KILLS, KINDS, MINUTES, SEED } from './settings.js';
import type { Recipe } from './runs.js';
import { World } from './world.js';

const AUTOENCODER: Recipe = {
  architecture: 'conv-autoencoder',
  hyperparameters: { epochs: 4, batchSize: 20 },
};
const ENCODER: Recipe = {
  architecture: 'metric-encoder',
  hyperparameters: { epochs: 3, batchSize: 20, validationShare: 0.2 },
};
/** An encoder takes longer to learn: only where there are kills enough to be worth it. */
const FEW_KILLS = 12;

let folder: string;
let world: World;

beforeAll(async () => {
  folder = await temporaryDirectory();
  const dice = new Dice(SEED);
  const environment = {
    LOOKALIKE_FASHION_MNIST_DIR: await writeIdxFiles(join(folder, 'idx'), dice),
  };
  const recipes = KILLS > FEW_KILLS ? [AUTOENCODER, ENCODER] : [AUTOENCODER];
  world = await World.create(join(folder, 'data'), environment, dice, recipes);
});

afterAll(async () => {
  await world.server.stop('SIGKILL');
  await removeDirectory(folder);
});

it(`${KILLS} kills at random moments lose nothing that was acknowledged (seed ${SEED})`, async () => {
  const quick = [...WRITING, ACTIVATION, IMPORTING, new BundleImporting(), new Migrating()];
  const scenarios = [...quick, ...TRAINING].filter(
    ({ kind }) => KINDS.length === 0 || KINDS.includes(kind),
  );
  const survived = new Map<string, Map<string, number>>();
  let kills = 0;
  const end = performance.now() + (MINUTES || Infinity) * 60_000;
  for (let round = 0; kills < KILLS && performance.now() < end; round += 1) {
    const dice = new Dice(SEED).for(round + 1);
    const scenario = drawn(scenarios, round, dice);
    const start = performance.now();
    const victims = await named(scenario, round, dice);
    kills += victims.length;
    const counts = survived.get(scenario.kind) ?? new Map<string, number>();
    survived.set(scenario.kind, counts);
    for (const victim of victims) counts.set(victim, (counts.get(victim) ?? 0) + 1);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${kills}/${KILLS} ${scenario.kind}: ${victims.join(', ')} (${seconds} s)`);
  }
  await atTheEnd(new Dice(SEED).for(0));
  console.log(`kills survived: ${wordsOf(survived)}`);
  expect(kills).toBeGreaterThanOrEqual(MINUTES > 0 ? 1 : KILLS);
}, 3_600_000);

/** Each kind once, in their order; from then on by their weights. */
function drawn(scenarios: readonly Scenario[], round: number, dice: Dice): Scenario {
  const first = scenarios[round];
  if (first) return first;
  return dice.pick(scenarios.flatMap((each) => Array.from({ length: each.weight }, () => each)));
}

async function named(scenario: Scenario, round: number, dice: Dice) {
  try {
    return await scenario.run(world, dice);
  } catch (thrown) {
    const words = `round ${round} of seed ${SEED}, ${scenario.kind}, failed`;
    console.error(`${words}; the server said last:\n${world.server.output().slice(-4000)}`);
    throw new Error(words, { cause: thrown });
  }
}

/** Everything is looked at once more, before and after an orderly end. */
async function atTheEnd(dice: Dice): Promise<void> {
  await world.check(dice, true);
  expect(await world.server.stop()).toBe(0);
  await world.restart();
  await world.check(dice, true);
  for (const { modelId } of world.baselines) await endOfRun(world.server, modelId);
}

function wordsOf(survived: ReadonlyMap<string, ReadonlyMap<string, number>>): string {
  return [...survived]
    .map(([kind, counts]) => {
      const of = [...counts].map(([victim, count]) => `${count} ${victim}`).join(', ');
      const sum = [...counts.values()].reduce((all, count) => all + count, 0);
      return `${kind} ${sum} (${of})`;
    })
    .join('; ');
}
