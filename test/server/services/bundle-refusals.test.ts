import { expect, it } from 'vitest';
import { exported, imported, openBundleWorld } from './bundle-world.js';
import { mixedDataset, withModel } from './bundle-dataset.js';
import { changeJson, changeLines, forged, type BundleFiles } from './bundle-forgery.js';

/** What came of a bundle that is whole, and yet has something in it that is not taken. */
async function outcomeOf(change: (files: BundleFiles) => void) {
  const world = await openBundleWorld();
  const datasetId = await mixedDataset(world);
  const model = await withModel(world, datasetId);
  const bundle = await forged(await exported(world, datasetId), change, { signed: true });
  const newId = await imported(world, bundle, 'other');
  const dataset = await world.datasets.byId(newId);
  const refusals = await world.datasets.refusals(newId, null, 10);
  return {
    ...{ world, newId, dataset, model },
    refusals: refusals.map(({ name, code }) => [name, code]),
  };
}

it('an original that is another one, or no picture, is refused by name', async () => {
  const { dataset, refusals } = await outcomeOf((files) => {
    const names = [...files.keys()];
    const raw = names.find((name) => name.endsWith('.raw')) ?? '';
    const png = names.find((name) => name.endsWith('.png')) ?? '';
    files.set(raw, Buffer.alloc(784, 9));
    files.set(png, Buffer.from('<svg/>'));
  });
  expect(refusals).toEqual([
    ['copy of 1', 'BUNDLE_INVALID'],
    ['raw/1', 'BUNDLE_INVALID'],
    ['see-through.png', 'BUNDLE_INVALID'],
  ]);
  expect(dataset).toMatchObject({ status: 'READY', importedCount: 2, expectedCount: 5 });
});

it('lines that lie of their pictures, or bear names that none may, are refused', async () => {
  const { dataset, refusals, world, newId } = await outcomeOf((files) =>
    changeLines(files, ([one, two, three, four, five]) => [
      { ...one, width: 29 },
      { ...two, name: '../../evil' },
      { ...three, label: 'x'.repeat(5000) },
      { ...four, width: 9, height: 9, hasAlpha: true },
      { ...five, name: four?.['name'] },
    ]),
  );
  expect(refusals).toEqual([
    ['../../evil', 'IMAGE_NAME_INVALID'],
    ['copy of 1', 'IMAGE_DESCRIPTION_INVALID'],
    ['päge/日本.jpg', 'IMAGE_NAME_TAKEN'],
    ['raw/1', 'UPLOAD_NOT_AN_IMAGE'],
  ]);
  expect(dataset).toMatchObject({ status: 'READY', importedCount: 1 });
  // What a file has in it is looked for there, and not believed.
  const [image] = await world.images.byIds(await world.images.ids(newId, {}));
  expect(image).toMatchObject({ format: 'JPEG', width: 300, height: 200, hasAlpha: false });
});

it.each([
  ['an architecture that is not known here', { architecture: 'vgg' }, 'ARCHITECTURE_NOT_FOUND'],
  ['a dial that is not known here', { hyperparameters: { zeal: 1 } }, 'HYPERPARAMETER_INVALID'],
  ['an input that no network takes', { input: inputOf(5000) }, 'INPUT_INVALID'],
  ['weights of another input', { input: inputOf(56) }, 'CHECKPOINT_CORRUPT'],
])('a model with %s is left out, and the images are there', async (_, changes, code) => {
  const { dataset, refusals } = await outcomeOf((files) =>
    changeJson(files, 'model/model.json', (model) => ({ ...model, ...changes })),
  );
  expect(refusals).toEqual([['model', code]]);
  expect(dataset).toMatchObject({ status: 'READY', importedCount: 5, activeModelId: null });
});

it('a model whose network gives vectors of another length is left out', async () => {
  const { dataset, refusals } = await outcomeOf((files) => {
    changeJson(files, 'model/model.json', (model) => ({ ...model, latentSize: 2 }));
    files.set('model/embeddings.f32', Buffer.alloc(5 * 2 * 4));
  });
  expect(refusals).toEqual([['model', 'CHECKPOINT_CORRUPT']]);
  expect(dataset).toMatchObject({ status: 'READY', importedCount: 5, activeModelId: null });
});

it('numbers that are none are no embedding, and are computed anew', async () => {
  const { dataset, world, newId, model } = await outcomeOf((files) => {
    const vectors = files.get('model/embeddings.f32');
    vectors?.writeFloatLE(Number.POSITIVE_INFINITY, 3 * 128 * 4 + 8);
    files.get('model/errors.f32')?.writeFloatLE(-1, 4);
  });
  expect(model.latentSize).toBe(128);
  const ids = await world.images.ids(newId, {});
  const found = await world.embeddings.findMany(dataset?.activeModelId ?? 0, ids);
  expect(found.every(({ vector }) => vector.every(Number.isFinite))).toBe(true);
  expect(found.map(({ imageId }) => imageId)).toEqual(ids);
  expect(found[1]?.reconstructionError).toBeNull();
});

function inputOf(side: number): object {
  const rest = { channels: 1, fit: 'CONTAIN', background: '#000000', scaling: 'UNIT' };
  return { width: side, height: side, ...rest };
}
