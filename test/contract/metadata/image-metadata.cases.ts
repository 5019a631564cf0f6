import { expect, it } from 'vitest';
import type { MetadataEntry } from '../../../server/domain/image.js';
import type { OpenMetadata } from './metadata.js';
import { datasetWithImages, newImage } from './rows.js';

const ADA: MetadataEntry = { key: 'photographer', value: 'Ada' };
const RED: MetadataEntry = { key: 'colour', value: 'red' };

/** What is known of images beside the picture, and what a user can say anew. */
export function imageMetadataCases(open: OpenMetadata): void {
  const opened = async () => {
    const { images, datasets } = await open();
    const { id: datasetId } = await datasets.findOrCreate('pictures', 'Pictures');
    return { images, datasets, datasetId };
  };

  it('the metadata of images is given by key, and of those without any nothing', async () => {
    const { images, datasetId } = await opened();
    await images.insertMany([
      newImage(datasetId, 'both', { metadata: [ADA, RED] }),
      newImage(datasetId, 'none'),
      newImage(datasetId, 'one', { metadata: [RED] }),
    ]);
    const ids = await images.ids(datasetId, {});
    const [both = 0, , one = 0] = ids;
    expect(await images.metadata([...ids, 999])).toEqual(
      new Map([
        [both, [RED, ADA]],
        [one, [RED]],
      ]),
    );
    expect(await images.metadata([])).toEqual(new Map());
  });

  it('a thousand images that come at once keep each its own metadata', async () => {
    const { images, datasetId } = await opened();
    const valueOf = (at: number) => `n/${at * 7}`;
    await images.insertMany(
      Array.from({ length: 1201 }, (_, at) =>
        newImage(datasetId, `n/${at}`, {
          metadata: at % 3 === 0 ? [] : [{ key: 'number', value: valueOf(at) }],
        }),
      ),
    );
    const found = await images.byIds(await images.ids(datasetId, {}));
    const metadata = await images.metadata(found.map(({ id }) => id));
    expect(metadata.size).toBe(800);
    for (const { id, name } of found) {
      const at = Number(name.slice(2));
      const entries = at % 3 === 0 ? undefined : [{ key: 'number', value: valueOf(at) }];
      expect(metadata.get(id)).toEqual(entries);
    }
  });

  it('an image whose name is taken leaves no metadata on the one that has it', async () => {
    const { images, datasetId } = await opened();
    await images.insertMany([newImage(datasetId, 'a', { metadata: [ADA] })]);
    await images.insertMany([
      newImage(datasetId, 'a', { metadata: [RED] }),
      newImage(datasetId, 'b', { metadata: [ADA] }),
      newImage(datasetId, 'b', { metadata: [RED] }),
    ]);
    const [a = 0, b = 0] = await images.ids(datasetId, {});
    expect(await images.metadata([a, b])).toEqual(
      new Map([
        [a, [ADA]],
        [b, [ADA]],
      ]),
    );
  });

  it('any text is kept as it is', async () => {
    const { images, datasetId } = await opened();
    const metadata = ['', ' ', "'; drop table image; --", '日本語 🦖', 'a"b\\c\n', '%_'].map(
      (value, at) => ({ key: `${at} ${value}`, value }),
    );
    await images.insertMany([newImage(datasetId, 'a', { metadata })]);
    const [id = 0] = await images.ids(datasetId, {});
    expect((await images.metadata([id])).get(id)).toEqual(metadata);
    for (const entry of metadata) {
      expect(await images.ids(datasetId, { metadata: [entry] })).toEqual([id]);
    }
  });

  it('the keys of a dataset are its own, each once, in order', async () => {
    const { images, datasets, datasetId } = await opened();
    const { id: other } = await datasets.findOrCreate('others', 'Others');
    await images.insertMany([
      newImage(datasetId, 'a', { metadata: [ADA, RED] }),
      newImage(datasetId, 'b', { metadata: [ADA] }),
      newImage(other, 'a', { metadata: [{ key: 'year', value: '1843' }] }),
    ]);
    expect(await images.metadataKeys(datasetId)).toEqual(['colour', 'photographer']);
    expect(await images.metadataKeys(other)).toEqual(['year']);
    expect(await images.metadataKeys(99)).toEqual([]);
  });

  it('the keys of a dataset may be many, among many of others', async () => {
    const { images, datasets, datasetId } = await opened();
    const { id: other } = await datasets.findOrCreate('others', 'Others');
    const keyOf = (at: number) => `key ${String(at).padStart(4, '0')}`;
    const bearing = (dataset: number, at: number) =>
      newImage(dataset, `n/${at}`, { metadata: [{ key: keyOf(at), value: '' }] });
    await images.insertMany(
      Array.from({ length: 600 }, (_, at) => bearing(at % 3 === 0 ? other : datasetId, at)),
    );
    await images.insertMany([newImage(other, 'without')]);
    const keys = Array.from({ length: 600 }, (_, at) => at);
    expect(await images.metadataKeys(datasetId)).toEqual(
      keys.filter((at) => at % 3 !== 0).map(keyOf),
    );
    expect(await images.metadataKeys(other)).toEqual(keys.filter((at) => at % 3 === 0).map(keyOf));
  });

  it('what is said of an image anew takes the place of all that was said', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 2);
    const [id = 0, other = 0] = imageIds;
    const untouched = await metadata.images.byId(other);
    const before = await metadata.images.byId(id);
    await metadata.images.describe(id, { label: 'Bag', split: 'TEST', metadata: [ADA, RED] });
    const green = { key: 'colour', value: 'green' };
    const described = { label: null, split: 'TEST', metadata: [green] } as const;
    expect(await metadata.images.describe(id, described)).toBe(true);
    expect(await metadata.images.byId(id)).toEqual({ ...before, label: null, split: 'TEST' });
    expect(await metadata.images.metadata(imageIds)).toEqual(new Map([[id, [green]]]));
    expect(await metadata.images.byId(other)).toEqual(untouched);
  });

  it('nothing can be said of an image that is gone', async () => {
    const { images } = await opened();
    expect(await images.describe(1, { label: null, split: 'TRAIN', metadata: [ADA] })).toBe(false);
  });
}
