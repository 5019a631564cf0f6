import { expect, it } from 'vitest';
import { randomEmbeddings } from '../vectors.js';
import type { OpenMetadata } from './metadata.js';
import { datasetWithImages, newImage } from './rows.js';

/** Images by name, by equal bytes, and by what is still to be embedded. */
export function imageLookupsCases(open: OpenMetadata): void {
  it('images are found by their names in one dataset, unknown names are left out', async () => {
    const metadata = await open();
    const { datasetId } = await datasetWithImages(metadata, 1500);
    const { id: other } = await metadata.datasets.findOrCreate('others', 'Others');
    await metadata.images.insertMany([newImage(other, 'train/0'), newImage(other, 'only here')]);
    const names = Array.from({ length: 1400 }, (_, at) => `train/${at + 50}`);
    const found = await metadata.images.byNames(datasetId, [...names, 'only here', 'TRAIN/0']);
    expect(found.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(new Set(found.map((image) => image.datasetId))).toEqual(new Set([datasetId]));
    expect(await metadata.images.byNames(datasetId, [])).toEqual([]);
  });

  it('the ids of a dataset are told by label, those without one together', async () => {
    const { images, datasets } = await open();
    const { id } = await datasets.findOrCreate('pictures', 'Pictures');
    const { id: other } = await datasets.findOrCreate('others', 'Others');
    const labels = ['Bag', null, 'Coat', 'Bag', null, ''];
    await images.insertMany(labels.map((label, at) => newImage(id, `n/${at}`, { label })));
    await images.insertMany([newImage(other, 'n', { label: 'Bag' })]);
    const [a, b, c, d, e, f] = await images.ids(id, {});
    const found = [...(await images.idsByLabel(id))];
    expect(new Map(found.map(([label, ids]) => [label, ids.sort()]))).toEqual(
      new Map<string | null, unknown>([
        ['Bag', [a, d]],
        [null, [b, e]],
        ['Coat', [c]],
        ['', [f]],
      ]),
    );
    expect(await images.idsByLabel(99)).toEqual(new Map());
  });

  it('images are given other labels, all at once, and what changed is told with what was', async () => {
    const metadata = await open();
    const { images, datasets } = metadata;
    const { id } = await datasets.findOrCreate('pictures', 'Pictures');
    const rows = Array.from({ length: 1300 }, (_, at) =>
      newImage(id, `n/${at}`, { label: at % 2 === 0 ? 'Bag' : null }),
    );
    await images.insertMany(rows);
    const ids = await images.ids(id, {});
    const [a = 0, b = 0, c = 0, d = 0] = ids;
    const labels = new Map<number, string | null>([...ids, 99_999].map((each) => [each, 'Coat']));
    labels.set(a, 'Bag').set(b, null).set(c, null).set(d, 'Shoe');
    const previous = await images.relabel(labels);
    expect(previous.size).toBe(1298);
    expect([a, b, c, d].map((each) => previous.get(each))).toEqual([
      undefined,
      undefined,
      'Bag',
      null,
    ]);
    const now = await metadata.connectAgain().images.byIds([a, b, c, d, ids[4] ?? 0]);
    expect(now.map(({ label }) => label)).toEqual(['Bag', null, null, 'Shoe', 'Coat']);
    expect((await images.relabel(previous)).size).toBe(1298);
    expect((await images.byIds(ids)).map(({ label }) => label)).toEqual(
      rows.map(({ label }) => label),
    );
    expect(await images.relabel(new Map())).toEqual(new Map());
  });

  it('images with the same bytes are grouped, in one dataset, the largest group first', async () => {
    const { images, datasets } = await open();
    const { id } = await datasets.findOrCreate('pictures', 'Pictures');
    const { id: other } = await datasets.findOrCreate('others', 'Others');
    const rows = ['z', 'a', 'y', 'a', 'z', 'b', 'z', 'a'].map((blobId, at) =>
      newImage(id, `n/${at}`, { blobId }),
    );
    await images.insertMany(rows);
    await images.insertMany([newImage(other, 'b', { blobId: 'b' })]);
    await images.insertMany(['1', '2'].map((name) => newImage(other, name, { blobId: 'y' })));
    const numbered = await images.ids(id, {});
    const groups = await images.exactDuplicates(id);
    expect(groups.map((ids) => ids.map((one) => numbered.indexOf(one)))).toEqual([
      [0, 4, 6],
      [1, 3, 7],
    ]);
    expect(await images.exactDuplicates(other)).toHaveLength(1);
    expect(await images.exactDuplicates(99)).toEqual([]);
  });

  it('blobs whose ids begin alike are told apart', async () => {
    const { images, datasets } = await open();
    const { id } = await datasets.findOrCreate('pictures', 'Pictures');
    const blobIds = ['1', '2', '3', '2'].map((end) => 'f'.repeat(63) + end);
    await images.insertMany(blobIds.map((blobId, at) => newImage(id, `n/${at}`, { blobId })));
    const [first = 0, second = 0, third = 0, fourth = 0] = await images.ids(id, {});
    expect(await images.exactDuplicates(id)).toEqual([[second, fourth]]);
    expect(await images.deleteMany([first, second])).toEqual([blobIds[0]]);
    expect((await images.deleteMany([third, fourth])).sort()).toEqual(blobIds.slice(1, 3));
  });

  it('images wait to be embedded that have neither an embedding nor a failure', async () => {
    const metadata = await open();
    const { images, embeddings } = metadata;
    const { datasetId, imageIds } = await datasetWithImages(metadata, 10);
    const { id: other } = await metadata.datasets.findOrCreate('others', 'Others');
    await images.insertMany([newImage(other, 'a')]);
    const at = (...places: number[]) => places.map((place) => imageIds[place] ?? 0);
    await embeddings.putMany(1, randomEmbeddings(at(0, 3, 4), 2, 1));
    await embeddings.putFailures(
      1,
      at(1, 9).map((imageId) => ({ imageId, message: 'damaged' })),
    );
    expect(await images.idsToEmbed(datasetId, 1, 0, 100)).toEqual(at(2, 5, 6, 7, 8));
    expect(await images.idsToEmbed(datasetId, 1, 0, 2)).toEqual(at(2, 5));
    expect(await images.idsToEmbed(datasetId, 1, imageIds[5] ?? 0, 2)).toEqual(at(6, 7));
    expect(await images.idsToEmbed(datasetId, 1, imageIds[8] ?? 0, 2)).toEqual([]);
    expect(await images.idsToEmbed(datasetId, 2, 0, 100)).toEqual(imageIds);
  });
}
