import { ask } from '../../integration/graphql-request.js';
import { pause, type Dice } from '../dice.js';
import { expectAsBaseline, hasEnded, runFacts, startRun, type Baseline } from '../runs.js';
import type { Victim, World } from '../world.js';
import type { Scenario } from './scenario.js';

const VICTIMS: readonly Victim[] = ['trainer', 'trainer', 'api', 'all'];
const MAKING_MODEL = ['EMBEDDING', 'INDEXING', 'EVALUATING'];
const WATCHED_EVERY_MS = 5;
const MOST_KILLS = 3;

/** Waits for the moment to kill. False where the run has ended before it came. */
type Moment = (world: World, runId: string, baseline: Baseline, dice: Dice) => Promise<boolean>;

/** Within an epoch or while pictures are read: at any time. */
const atAnyTime: Moment = async (world, runId, { tookMs }, dice) => {
  await dice.pause(tookMs);
  return !hasEnded(await runFacts(world.server, runId));
};

/** While or right after a checkpoint is written. */
const atCheckpoint: Moment = async (world, runId, baseline, dice) => {
  const { epochsDone } = await runFacts(world.server, runId);
  const isReached = await watched(world, runId, (run) => run.epochsDone > epochsDone);
  if (isReached) await dice.pause(baseline.tookMs / 20);
  return isReached;
};

/** While images are embedded, the index is built, or the model is measured and published. */
const atPublishing: Moment = async (world, runId, _baseline, dice) => {
  const phase = dice.pick(MAKING_MODEL);
  const isReached = await watched(world, runId, (run) => run.phase === phase);
  if (isReached) await dice.pause(200);
  return isReached;
};

async function watched(
  world: World,
  runId: string,
  isReached: (run: Awaited<ReturnType<typeof runFacts>>) => boolean,
): Promise<boolean> {
  for (;;) {
    const run = await runFacts(world.server, runId);
    if (isReached(run)) return true;
    if (hasEnded(run)) return false;
    await pause(WATCHED_EVERY_MS);
  }
}

/** A run that is killed once or twice ends with the losses and the model of one that was not. */
function training(kind: string, weight: number, moment: Moment): Scenario {
  return {
    kind,
    weight,
    run: async (world, dice) => {
      const baseline = dice.pick(world.baselines);
      const runId = await startRun(world.server, world.trainedDatasetId, baseline);
      const victims: Victim[] = [];
      for (let at = 0; at < 1 + dice.whole(MOST_KILLS); at += 1) {
        if (!(await moment(world, runId, baseline, dice))) break;
        victims.push(...(await world.kill(dice.pick(VICTIMS), dice)).victims);
      }
      await expectAsBaseline(world.server, runId, baseline, world.queries);
      await world.check(dice);
      await dropModel(world, runId);
      return victims;
    },
  };
}

/** The active one stays. */
async function dropModel({ server }: World, id: string): Promise<void> {
  const { model } = await ask<{ model: { active: boolean } }>(
    server,
    'query ($id: ID!) { model(id: $id) { active } }',
    { id },
  );
  if (!model.active) await ask(server, 'mutation ($id: ID!) { deleteModel(id: $id) }', { id });
}

export const TRAINING: readonly Scenario[] = [
  training('training', 1, atAnyTime),
  training('checkpoint', 1, atCheckpoint),
  training('publishing', 1, atPublishing),
];
