import { expect, it } from 'vitest';
import type { Evaluation } from '../../../server/domain/evaluation.js';
import { RunGate } from '../../../server/services/run-gate.js';
import { newModel } from '../../contract/metadata/rows.js';
import { direction, modelWith, searchOver } from './search-world.js';

/** TRAIN images of ten directions on each side, and TEST images between them. */
const TRAIN = Array.from({ length: 12 }, (_, at) => at * 2).flatMap((at) => [at, 180 + at]);
const TEST = Array.from({ length: 20 }, (_, at) => at + 0.5).flatMap((at) => [at, 180 + at]);

/** Evaluations of different images: of so many queries. */
function of(queryCount: number): { readonly evaluation: Evaluation } {
  return { evaluation: { ...newModel(1, 1).evaluation, queryCount } };
}

/** Every image is labelled by the side it lies on. */
async function world() {
  const all = await searchOver(TRAIN, TEST);
  const { stores, datasetId } = all;
  const images = await stores.images.byIds(await stores.images.ids(datasetId, {}));
  const sideOf = (name: string) => (Number(name.split('/')[1]) < 100 ? 'right' : 'left');
  await stores.images.relabel(new Map(images.map(({ id, name }) => [id, sideOf(name)])));
  /** A model that tells the sides apart, or lays both over each other. */
  const model = (tells: boolean, queryCount: number) =>
    modelWith(
      stores,
      () =>
        Promise.resolve(
          images.map(({ id, name }) => {
            const degrees = Number(name.split('/')[1]);
            const vector = direction(tells ? degrees : degrees % 180);
            return { imageId: id, vector, reconstructionError: null };
          }),
        ),
      { latentSize: 2, ...of(queryCount) },
    );
  return { ...all, images, model };
}

/** Of a poor model and then a good one; that they were evaluated on other images lets both be active. */
async function poorAndGood(queryCount = 99) {
  const all = await world();
  const poor = await all.model(false, 100);
  const good = await all.model(true, queryCount);
  const { stores } = all;
  const notes: string[] = [];
  const gate = new RunGate(stores, (_, message) => Promise.resolve(void notes.push(message)));
  const measured = async (id: number) => {
    const model = await stores.models.byId(id);
    if (!model) throw new Error(`Model ${id} is gone.`);
    return gate.measure(model, () => Promise.resolve());
  };
  const active = async () => (await stores.datasets.byId(all.datasetId))?.activeModelId;
  return { ...all, poor, good, notes, measured, active };
}

it('a model whose evaluation is of other images is measured anew, and refused where it is worse', async () => {
  const { choice, poor, good, active } = await poorAndGood();
  expect(await active()).toBe(good);
  await expect(choice.activate(poor, false)).rejects.toMatchObject({
    code: 'MODEL_WORSE',
    message: expect.stringMatching(
      /P@10 0\.\d{3} .* against 1\.000 .*, both measured anew on the images that they share\./,
    ) as string,
  });
  expect(await active()).toBe(good);
  await choice.activate(poor, true);
  expect(await active()).toBe(poor);
  await choice.activate(good, false);
  expect(await active()).toBe(good);
});

it('the model of a run is held against the active one in the same way', async () => {
  const { poor, good, measured, stores } = await poorAndGood();
  const comparison = { measure: 'PRECISION_AT_10', isWorse: true, isAnew: true };
  expect(await measured(poor)).toMatchObject({ activeModelId: good, comparison });
  expect(await measured(good)).toBeNull();
  await stores.activations.activate(poor, true);
  expect(await measured(good)).toMatchObject({ comparison: { isWorse: false, isAnew: true } });
});

it('nothing is measured where the evaluations can be compared', async () => {
  const { poor, measured } = await poorAndGood(100);
  expect(await measured(poor)).toBeNull();
});

it('labels of now count, and too few of them decide nothing', async () => {
  const { images, stores, good, poor, measured, choice, active } = await poorAndGood();
  const test = images.filter(({ split }) => split === 'TEST');
  await stores.images.relabel(new Map(test.slice(0, 20).map(({ id }) => [id, null])));
  expect(await measured(poor)).toEqual({ activeModelId: good, comparison: null });
  await choice.activate(poor, false);
  expect(await active()).toBe(poor);
});

it('that the active one has no index any more is noted, and costs no new model', async () => {
  const { stores, good, poor, measured, notes } = await poorAndGood();
  const index = (await stores.models.byId(good))?.indexes.find(({ split }) => split === 'TRAIN');
  await stores.indexes.delete(index?.id ?? '');
  expect(await measured(poor)).toBeNull();
  expect(notes).toEqual([expect.stringMatching(/^not compared with the active model: /)]);
});
