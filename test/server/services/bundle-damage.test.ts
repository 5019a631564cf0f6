import { expect, it } from 'vitest';
import { exported, imported, openBundleWorld } from './bundle-world.js';
import { mixedDataset, withModel } from './bundle-dataset.js';
import { changeJson, changeLines, forged, type BundleFiles } from './bundle-forgery.js';

const ORIGINAL = /^originals\//;

function set(name: string, json: Record<string, unknown>) {
  return (files: BundleFiles) => changeJson(files, name, (old) => ({ ...old, ...json }));
}

function setLine(json: Record<string, unknown>) {
  return (files: BundleFiles) =>
    changeLines(files, ([first, ...rest]) => [{ ...first, ...json }, ...rest]);
}

const SCORE = {
  measure: 'OWN_COPIES',
  value: 1,
  queryCount: 1,
  baseCount: 1,
  seenInTraining: true,
};
const EPOCH = { epoch: 1, loss: 1, seconds: 1, finishedAt: '2026-01-31T12:00:00.000Z' };

function setEpochs(epochs: readonly number[]) {
  return set('model/model.json', { epochs: epochs.map((epoch) => ({ ...EPOCH, epoch })) });
}

function setEpoch(change: Readonly<Record<string, unknown>>) {
  return set('model/model.json', { epochs: [{ ...EPOCH, ...change }] });
}

function setLayer(change: Readonly<Record<string, unknown>>) {
  const layer = { name: 'l', part: 'ENCODER', kind: 'k', outputShape: [1], parameterCount: 1 };
  return set('model/model.json', { layers: [{ ...layer, ...change }] });
}

function setErrors(errorQuantiles: readonly number[]) {
  return set('model/model.json', { statistics: { distanceQuantiles: [0, 1], errorQuantiles } });
}

function setDetails(change: Readonly<Record<string, unknown>>) {
  const evaluation = { queryCount: 0, recallQueryCount: 0 };
  const details = { labelCount: 0, labels: [], baselines: [], ownCopyCount: 0, ...change };
  return set('model/model.json', { evaluation: { ...evaluation, details } });
}

function setText(name: string, text: string | Buffer) {
  return (files: BundleFiles) => void files.set(name, Buffer.from(text));
}

function without(name: string | RegExp) {
  return (files: BundleFiles) => {
    const found = [...files.keys()].find(
      (key) => key === name || (name instanceof RegExp && name.test(key)),
    );
    files.delete(found ?? '');
  };
}

/** What somebody changed, the message, and whether the manifest was brought into step with it. */
const DAMAGES: [string, (files: BundleFiles) => void, RegExp, boolean?][] = [
  ['no manifest', without('manifest.json'), /manifest.json is not in it/, false],
  ['a manifest that is no JSON', setText('manifest.json', '{"format":'), /is not JSON/, false],
  ['a manifest that is no UTF-8', setText('manifest.json', Buffer.from([0xff])), /UTF-8/, false],
  ['another format', set('manifest.json', { format: 'zip' }), /format/],
  ['a version to come', set('manifest.json', { version: 2 }), /version 2/],
  ['a dataset of no name', set('manifest.json', { dataset: { title: 'x' } }), /"name"/],
  ['a number for a list', set('manifest.json', { counts: 3 }), /"counts" is not a JSON object/],
  ['a manifest of nothing', set('manifest.json', { files: {} }), /does not name images/, false],
  ['no lines', without('images.jsonl'), /images.jsonl is not in it/, false],
  ['a changed line', setLine({ label: 'changed' }), /images.jsonl has \d+ bytes/, false],
  [
    'fewer lines than told',
    set('manifest.json', { counts: { images: 9, originals: 4, embeddings: 4 } }),
    /5 images instead of 9/,
  ],
  ['a line that is no object', setText('images.jsonl', '[]\n'), /line 1 is not a JSON object/],
  [
    'a line of over a megabyte',
    setText('images.jsonl', `"${'x'.repeat(1_100_000)}"`),
    /line 1 has over/,
  ],
  ['a name that is a number', setLine({ name: 7 }), /line 1: "name" is not a text/],
  ['metadata that is a list', setLine({ metadata: ['a'] }), /"metadata" is not a JSON object/],
  ['metadata that is not text', setLine({ metadata: { a: 1 } }), /"a" is not a text/],
  ['a split of its own', setLine({ split: 'VALIDATION' }), /"split" is not TRAIN or TEST/],
  ['a width of infinity', setLine({ width: '1e999' }), /"width" is not a number/],
  ['a checksum that is a path', setLine({ sha256: '../../../../etc/passwd' }), /SHA-256/],
  ['an original that is not there', without(ORIGINAL), /originals\/.* is not in it/],
  ['no weights', without('model/weights.bin'), /weights.bin has|weights.bin is not in it/, false],
  ['a changed model', set('model/model.json', { latentSize: 128 }), /does not match|bytes/, false],
  ['embeddings of another size', set('model/model.json', { latentSize: 7 }), /embeddings.f32 has/],
  ['a latent size that is none', set('model/model.json', { latentSize: -1 }), /"latentSize"/],
  ['errors that are too few', setText('model/errors.f32', 'abcd'), /errors.f32 has 4 bytes/],
  ['layers that are none', set('model/model.json', { layers: [7] }), /"layers", item 1/],
  ['an epoch that is there twice', setEpochs([1, 1]), /epoch 1 comes after epoch 1/],
  ['epochs out of order', setEpochs([2, 1]), /epoch 1 comes after epoch 2/],
  ['an epoch before the first', setEpochs([0, 1]), /"epoch" is not a whole number from 1/],
  ['an epoch of no time at all', setEpoch({ seconds: -1e12 }), /took -1000000000000 seconds/],
  ['an epoch of eternity', setEpoch({ seconds: 1e300 }), /took 1e\+300 seconds/],
  ['a year that no calendar has', setEpoch({ finishedAt: '+275760-01-01' }), /1970 to 9999/],
  ['a score of two', setEpoch({ validation: { ...SCORE, value: 2 } }), /score of 2/],
  ['a score of nothing', setEpoch({ validation: { ...SCORE, measure: '' } }), /"measure"/],
  ['more weights than are told', setLayer({ parameterCount: 2 ** 40 }), /"parameterCount"/],
  ['half a shape', setLayer({ outputShape: [1.5] }), /the shape 1.5/],
  ['no quantiles', setErrors([]), /"errorQuantiles" are no quantiles/],
  ['quantiles that fall', setErrors([2, 1]), /"errorQuantiles" are no quantiles/],
  ['half an interval', setDetails({ recallAt10: { value: 1, low: 1 } }), /"high" is not a number/],
  ['more labels than are told of', setDetails({ labels: Array(201).fill({}) }), /201 entries/],
  ['scores without one', setDetails({ scores: {} }), /"precisionAt1" is not a JSON object/],
  ['an input that is none', set('model/model.json', { input: null }), /"input"/],
];

it.each(DAMAGES)('%s: nothing is made of the bundle', async (_, change, message, signed = true) => {
  const world = await openBundleWorld();
  const datasetId = await mixedDataset(world);
  await withModel(world, datasetId);
  const bundle = await forged(await exported(world, datasetId), change, { signed });
  await expect(imported(world, bundle, 'damaged')).rejects.toMatchObject({
    code: 'BUNDLE_INVALID',
    message: expect.stringMatching(message) as string,
  });
  expect(await world.datasets.byName('damaged')).toBeNull();
  expect(await world.incoming()).toEqual([]);
});

it('bytes that lost a bit in one file of the model are found out', async () => {
  const world = await openBundleWorld();
  const datasetId = await mixedDataset(world);
  await withModel(world, datasetId);
  const bundle = await exported(world, datasetId);
  for (const name of ['model/weights.bin', 'model/embeddings.f32', 'model/model.json']) {
    const flipped = await forged(
      bundle,
      (files) => {
        const bytes = files.get(name);
        bytes?.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
      },
      { signed: false },
    );
    await expect(imported(world, flipped, 'damaged')).rejects.toMatchObject({
      code: 'BUNDLE_INVALID',
      message: expect.stringContaining(`${name} does not match its checksum`) as string,
    });
  }
  expect(await world.incoming()).toEqual([]);
});
