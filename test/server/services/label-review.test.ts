import { describe, expect, it } from 'vitest';
import type { Split } from '../../../server/domain/dataset.js';
import { LABEL_MEMORY, type NewModel } from '../../../server/domain/model.js';
import { LabelReviewService } from '../../../server/services/label-review.service.js';
import { LabelVoters } from '../../../server/services/label-voters.js';
import { newImage } from '../../contract/metadata/rows.js';
import { addedTo, direction, modelOf, removedFrom, searchOver } from './search-world.js';

const ALL = { split: null, minConfidence: 0, offset: 0, limit: 50 };

/** Two groups of directions, around 0 and around 90 degrees, with these labels by degrees. */
async function world(
  labels: Readonly<Record<string, string | null>>,
  test: readonly number[] = [],
  changes: Partial<NewModel> = {},
) {
  const around = (middle: number) => Array.from({ length: 12 }, (_, at) => middle + at - 6);
  const all = await searchOver([...around(10), ...around(90)], test);
  const modelId = await modelOf(all.stores, 0, changes);
  const { stores, datasetId, matches, models, live } = all;
  const images = await stores.images.byIds(await stores.images.ids(datasetId, {}));
  const labelOf = (name: string) => {
    const degrees = Number(name.split('/')[1]);
    return name in labels ? (labels[name] ?? null) : degrees < 50 ? 'Low' : 'High';
  };
  await stores.images.relabel(new Map(images.map(({ id, name }) => [id, labelOf(name)])));
  const service = new LabelReviewService(models, stores.images, live, matches);
  const told = (page: Awaited<ReturnType<LabelReviewService['suggestions']>>) =>
    page.suggestions.map(({ image, suggestedLabel }) => `${image.name} ${suggestedLabel}`);
  return {
    ...{ ...all, modelId, service, told, ids: new Map(images.map(({ id, name }) => [name, id])) },
    errors: async (window = {}) => service.suspectedErrors(datasetId, { ...ALL, ...window }),
    suggestions: async (window = {}) => service.suggestions(datasetId, { ...ALL, ...window }),
  };
}

it('an image among those of another label is suspected; its own vote does not count', async () => {
  const { errors, suggestions, told } = await world({ 'train/10': 'High' });
  const page = await errors();
  expect(told(page)).toEqual(['train/10 Low']);
  expect(page.totalCount).toBe(1);
  // All ten neighbours say so; the one that is labelled wrongly is the image itself.
  expect(page.suggestions[0]?.confidence).toBe(1);
  expect((await suggestions()).totalCount).toBe(0);
});

it('an image without a label is proposed that of its neighbours, with how sure they are', async () => {
  const { suggestions, errors, told } = await world({
    ...{ 'train/88': null, 'train/10': null, 'train/9': 'High' },
  });
  const page = await suggestions();
  expect(told(page)).toEqual(['train/88 High', 'train/10 Low']);
  const [sure, unsure] = page.suggestions.map(({ confidence }) => confidence);
  expect(sure).toBe(1);
  expect(unsure).toBeGreaterThan(0.8);
  expect(unsure).toBeLessThan(1);
  expect(told(await errors())).toEqual(['train/9 Low']);
});

it('images of the TEST split are judged by the TRAIN split, which they do not judge', async () => {
  const { errors, suggestions, told, service } = await world(
    { 'test/11': 'High', 'test/12': 'High', 'test/13': null },
    [11, 12, 13, 89],
  );
  expect(told(await errors())).toEqual(['test/11 Low', 'test/12 Low']);
  const [first] = (await suggestions()).suggestions;
  expect(first?.suggestedLabel).toBe('Low');
  const neighbours = first ? await service.neighbours(first) : [];
  expect(neighbours).toHaveLength(10);
  const splits = new Set<Split>(neighbours.map(({ image }) => image.split));
  expect(splits).toEqual(new Set(['TRAIN']));
});

it('under a model that keeps the labels of TRAIN images, only those of TEST images are suspected', async () => {
  const memory = { name: 'labels', kind: LABEL_MEMORY, part: 'ENCODER' as const };
  const { errors, suggestions, told } = await world(
    { 'train/10': 'High', 'train/88': null, 'test/11': 'High' },
    [11, 89],
    { layers: [{ ...memory, outputShape: [2], parameterCount: 4 }] },
  );
  expect(told(await errors())).toEqual(['test/11 Low']);
  expect(told(await suggestions())).toEqual(['train/88 High']);
});

it('the neighbours that voted are told, the nearest first, without the image', async () => {
  const { errors, service } = await world({ 'train/10': 'High' });
  const [suspect] = (await errors()).suggestions;
  const neighbours = suspect ? await service.neighbours(suspect) : [];
  expect(neighbours).toHaveLength(10);
  expect(neighbours.map(({ image }) => image.name)).not.toContain('train/10');
  expect(
    neighbours
      .slice(0, 2)
      .map(({ image }) => image.name)
      .sort(),
  ).toEqual([...['train/11', 'train/9']]);
  const similarities = neighbours.map(({ similarity }) => similarity);
  expect(similarities).toEqual([...similarities].sort((a, b) => b - a));
  expect(similarities[0]).toBeCloseTo(Math.cos(Math.PI / 180), 5);
});

it('they come page by page, of one split, and only as sure as is asked', async () => {
  const { errors, told } = await world(
    { 'train/10': 'High', 'train/7': 'High', 'test/11': 'High' },
    [11],
  );
  const all = told(await errors());
  expect(all).toHaveLength(3);
  const pages = [await errors({ limit: 2 }), await errors({ limit: 2, offset: 2 })];
  expect(pages.flatMap(told)).toEqual(all);
  expect(pages.map(({ totalCount }) => totalCount)).toEqual([3, 3]);
  expect(told(await errors({ split: 'TEST' }))).toEqual(['test/11 Low']);
  const confidences = (await errors()).suggestions.map(({ confidence }) => confidence);
  const surest = confidences[0] ?? 0;
  const sure = await errors({ minConfidence: surest });
  expect(sure.totalCount).toBe(confidences.filter((each) => each >= surest).length);
});

describe('what is proposed is looked for anew when', () => {
  it('labels change', async () => {
    const { errors, stores, matches, datasetId, ids, told } = await world({ 'train/10': 'High' });
    expect((await errors()).totalCount).toBe(1);
    await stores.images.relabel(new Map([[ids.get('train/10') ?? 0, 'Low']]));
    matches.forget(datasetId);
    expect(told(await errors())).toEqual([]);
  });

  it('images are embedded or deleted', async () => {
    const { errors, stores, live, modelId, datasetId, told } = await world({});
    expect((await errors()).totalCount).toBe(0);
    const image = newImage(datasetId, 'train/new', { label: 'Low' });
    const [id = 0] = await addedTo({ stores, live }, modelId, [
      { ...image, vector: direction(90) },
    ]);
    expect(told(await errors())).toEqual(['train/new High']);
    await removedFrom({ stores, live }, [id]);
    expect((await errors()).totalCount).toBe(0);
  });
});

it('without labels nothing is proposed, and without a model it is said', async () => {
  const none = Object.fromEntries(
    [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].map((at) => [at, null]),
  );
  const { suggestions, errors, stores, ids } = await world(none);
  await stores.images.relabel(new Map([...ids.values()].map((id) => [id, null])));
  expect([(await suggestions()).totalCount, (await errors()).totalCount]).toEqual([0, 0]);
  const { stores: others, models, live, matches } = await searchOver([1], []);
  const [dataset] = await others.datasets.list();
  const service = new LabelReviewService(models, others.images, live, matches);
  await expect(service.suggestions(dataset?.id ?? 0, ALL)).rejects.toMatchObject({
    code: 'NO_ACTIVE_MODEL',
  });
});

it('however few images are labelled, those that vote are the nearest of them', async () => {
  const { live, modelId, ids } = await world({});
  const index = await live.get({ id: modelId }, 'TRAIN');
  const labelled = ['train/4', 'train/85', 'train/86'].map((name) => ids.get(name) ?? 0);
  const labels = new Map(labelled.map((id) => [id, 'a']));
  const voters = new LabelVoters(index, labels, 2);
  const nearest = voters.of(ids.get('train/84') ?? 0, direction(84)).map(({ imageId }) => imageId);
  expect(nearest).toEqual([labelled[1], labelled[2], labelled[0]]);
  const own = voters.of(labelled[1] ?? 0, direction(85)).map(({ imageId }) => imageId);
  expect(own).toEqual([labelled[2], labelled[0]]);
});
