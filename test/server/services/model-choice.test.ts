import { describe, expect, it } from 'vitest';
import type { NewModel } from '../../../server/domain/model.js';
import { estimateOf, evaluationDetails, newModel } from '../../contract/metadata/rows.js';
import { modelOf, searchOver } from './search-world.js';

/** An evaluation on 100 queries with this P@10, known to 0.01. */
function withPrecision(value: number): Pick<NewModel, 'evaluation'> {
  const { evaluation } = newModel(0, 0);
  const details = evaluationDetails();
  const scores = details.scores && { ...details.scores, precisionAt10: estimateOf(value) };
  return { evaluation: { ...evaluation, queryCount: 100, details: { ...details, scores } } };
}

async function chosenFrom(precisions: readonly number[]) {
  const world = await searchOver([0, 10], []);
  const ids: number[] = [];
  for (const value of precisions) ids.push(await modelOf(world.stores, 0, withPrecision(value)));
  const active = async () => (await world.stores.datasets.byId(world.datasetId))?.activeModelId;
  return { ...world, ids, active };
}

describe('activating a model', () => {
  it('is refused where it is worse, with both numbers, and done by force', async () => {
    const { choice, ids, active, activated, datasetId } = await chosenFrom([0.7, 0.8]);
    const [worse = 0, better = 0] = ids;
    await expect(choice.activate(worse, false)).rejects.toMatchObject({
      code: 'MODEL_WORSE',
      message:
        `Model ${worse} is worse than the active model ${better}: ` +
        'P@10 0.700 (0.690–0.710) against 0.800 (0.790–0.810). ' +
        'Activate it with `force` if you want it all the same.',
    });
    expect(await active()).toBe(better);
    expect(activated).toEqual([]);
    expect((await choice.activate(worse, true)).id).toBe(worse);
    expect(await active()).toBe(worse);
    expect(activated).toEqual([datasetId]);
    expect((await choice.activate(better, false)).id).toBe(better);
  });

  it('that does not exist is refused', async () => {
    const { choice } = await chosenFrom([]);
    await expect(choice.activate(99, true)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });
});

describe('going back', () => {
  it('activates the model before, even where it is worse, as was told ahead', async () => {
    const { choice, ids, active, activated, datasetId } = await chosenFrom([0.7, 0.8]);
    const [worse = 0] = ids;
    expect((await choice.earlier(datasetId))?.id).toBe(worse);
    expect((await choice.rollBack(datasetId)).id).toBe(worse);
    expect(await active()).toBe(worse);
    expect(activated).toEqual([datasetId]);
    expect((await choice.history(datasetId)).map(({ cause }) => cause)).toEqual([
      ...['ROLL_BACK', 'RUN', 'RUN'],
    ]);
  });

  it('is refused where no model was active before', async () => {
    const { choice, datasetId, active, ids } = await chosenFrom([0.8]);
    expect(await choice.earlier(datasetId)).toBeNull();
    await expect(choice.rollBack(datasetId)).rejects.toMatchObject({
      code: 'NO_EARLIER_MODEL',
      message: expect.stringContaining('`models`') as string,
    });
    expect(await active()).toBe(ids[0]);
    await expect(choice.rollBack(99)).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
  });
});
