import { expect } from 'vitest';
import { ask } from '../../integration/graphql-request.js';
import { datasetFacts, neighboursOf } from '../listing.js';
import { expectSameFindings, findings } from '../runs.js';
import type { Victim, World } from '../world.js';
import type { Scenario } from './scenario.js';

const LATEST_KILL_MS = 400;

interface Switching {
  /** The one that was last acknowledged to be active. */
  active: string;
  isUnderWay: boolean;
}

/** Models are activated and rolled back in turn until the server is killed. */
export const ACTIVATION: Scenario = {
  kind: 'activation',
  weight: 2,
  run: async (world, dice) => {
    const ids = world.baselines.map(({ modelId }) => modelId);
    const before = await datasetFacts(world.server, world.trainedDatasetId);
    const state: Switching = { active: before.activeModel?.id ?? '', isUnderWay: false };
    const switching = switchModels(world, [...ids, state.active], state);
    await dice.pause(LATEST_KILL_MS);
    const { victims } = await world.kill(dice.pick<Victim>(['api', 'api', 'all']), dice);
    await switching;
    await checkActive(world, state);
    for (const { modelId, found } of world.baselines) {
      expectSameFindings(await findings(world.server, world.queries, modelId), found);
    }
    await world.check(dice);
    return victims;
  },
};

/** Until nobody answers any more. */
async function switchModels(
  { server, trainedDatasetId }: World,
  ids: readonly string[],
  state: Switching,
): Promise<void> {
  for (let at = 0; ; at += 1) {
    const id = ids[at % ids.length];
    state.isUnderWay = true;
    try {
      const answer = await ask<{ model: { id: string } }>(
        server,
        at % 3 === 2
          ? 'mutation ($datasetId: ID!) { model: rollBackModel(datasetId: $datasetId) { id } }'
          : 'mutation ($id: ID!) { model: activateModel(id: $id, force: true) { id } }',
        at % 3 === 2 ? { datasetId: trainedDatasetId } : { id },
      );
      state.active = answer.model.id;
    } catch (thrown) {
      // The only model has no earlier one.
      if (thrown instanceof Error && thrown.message.includes('NO_EARLIER_MODEL')) continue;
      return;
    }
    state.isUnderWay = false;
  }
}

/** One model is active, the history ends with it, and it answers. */
async function checkActive({ server, trainedDatasetId, queries }: World, state: Switching) {
  const { activeModel, activations } = await datasetFacts(server, trainedDatasetId);
  expect(activeModel).not.toBeNull();
  const active = activeModel?.id ?? '';
  if (!state.isUnderWay) expect(active).toBe(state.active);
  expect(activations[0]?.modelId).toBe(active);
  for (const id of queries) expect((await neighboursOf(server, id)).modelId).toBe(active);
}
