import { describe, expect, it } from 'vitest';
import type { Image, NewImage } from '../../../server/domain/image.js';
import type { OpenMetadata } from './metadata.js';
import { newImage } from './rows.js';

export function imagesCases(open: OpenMetadata): void {
  const filled = async (rows: (datasetId: number) => NewImage[]) => {
    const { datasets, images } = await open();
    const { id } = await datasets.findOrCreate('pictures', 'Pictures');
    const { id: otherId } = await datasets.findOrCreate('others', 'Others');
    await images.insertMany(rows(id));
    await images.insertMany([newImage(otherId, 'train/0', { label: 'Boot' })]);
    return { images, datasetId: id, otherId };
  };
  /** Twelve images whose splits and labels alternate. */
  const dozen = (id: number) =>
    Array.from({ length: 12 }, (_, at) =>
      newImage(id, `n/${at}`, {
        split: at % 2 === 0 ? 'TRAIN' : 'TEST',
        label: ['Boot', 'Bag', null][at % 3] ?? null,
      }),
    );
  const namesOf = (images: readonly Image[]) => images.map(({ name }) => name);

  it('an image comes back as it was inserted, with an id', async () => {
    const row = (id: number) =>
      newImage(id, 'a', {
        format: 'AVIF',
        width: 640,
        height: 480,
        channels: 3,
        hasAlpha: true,
        thumbnailBlobId: 'b'.repeat(64),
        label: 'Bag',
      });
    const { images, datasetId } = await filled((id) => [row(id)]);
    const [id] = await images.ids(datasetId, {});
    const found = await images.byId(id ?? 0);
    expect({ ...found, metadata: [] }).toEqual({
      ...row(datasetId),
      id,
      addedAt: expect.any(Date) as Date,
    });
    expect(found).not.toHaveProperty('metadata');
    expect(await images.byId(12_345)).toBeNull();
  });

  it('an image that was added elsewhere keeps the hour', async () => {
    const addedAt = new Date('2020-02-29T12:34:56.789Z');
    const { images, datasetId } = await filled((id) => [newImage(id, 'a', { addedAt })]);
    expect(await images.page(datasetId, {}, { limit: 10 })).toMatchObject([{ addedAt }]);
  });

  it('its dataset tells how many it has with every change, but while it is being imported', async () => {
    const { datasets, images } = await open();
    const [ready, importing] = [
      await datasets.create('ready', 'Ready'),
      await datasets.findOrCreate('half', 'Half'),
    ];
    if (!ready) throw new Error('It is not there.');
    const counts = async () => {
      const found = [await datasets.byId(ready.id), await datasets.byId(importing.id)];
      return found.map((dataset) => dataset?.importedCount);
    };
    await images.insertMany(dozen(ready.id));
    await images.insertMany(dozen(ready.id));
    await images.insertMany(dozen(importing.id));
    expect(await counts()).toEqual([12, 0]);
    const many = Array.from({ length: 700 }, (_, at) => newImage(ready.id, `many/${at}`));
    await images.insertMany(many);
    expect(await counts()).toEqual([712, 0]);
    const more = Array.from({ length: 600 }, (_, at) => newImage(importing.id, `more/${at}`));
    await images.importMany(more);
    await images.importMany([newImage(importing.id, 'last'), newImage(importing.id, 'more/0')]);
    expect(await counts()).toEqual([712, 613]);
    const ids = await images.ids(ready.id, {});
    await images.deleteMany([...ids.slice(0, 600), ...(await images.ids(importing.id, {}))]);
    expect(await counts()).toEqual([112, 613]);
  });

  it('an image whose name the dataset has already is left as it is', async () => {
    const { images, datasetId, otherId } = await filled((id) => [newImage(id, 'a')]);
    const before = await images.page(datasetId, {}, { limit: 10 });
    await images.insertMany([
      newImage(datasetId, 'a', { label: 'changed' }),
      newImage(datasetId, 'b'),
    ]);
    const after = await images.page(datasetId, {}, { limit: 10 });
    expect(namesOf(after)).toEqual(['a', 'b']);
    expect(after[0]).toEqual(before[0]);
    expect(await images.names(datasetId)).toEqual(new Set(['a', 'b']));
    expect(await images.names(otherId)).toEqual(new Set(['train/0']));
  });

  it('of a set of images all are added or none', async () => {
    const { images, datasetId } = await filled(() => []);
    const many = Array.from({ length: 700 }, (_, at) => newImage(datasetId, `n/${at}`));
    const noSuchDataset = newImage(9999, 'n/700');
    await expect(images.insertMany([...many, noSuchDataset])).rejects.toThrow();
    expect(await images.count(datasetId, {})).toBe(0);
    await images.insertMany(many);
    expect(await images.count(datasetId, {})).toBe(700);
  });

  it('the order of the asked ids is kept, unknown ones are left out, repeated ones repeated', async () => {
    const { images, datasetId } = await filled((id) =>
      Array.from({ length: 1500 }, (_, at) => newImage(id, `n/${at}`)),
    );
    const ids = await images.ids(datasetId, {});
    const asked = [...ids].reverse();
    expect((await images.byIds(asked)).map(({ id }) => id)).toEqual(asked);
    const [first = 0, second = 0] = ids;
    const some = await images.byIds([second, 987_654, first, second]);
    expect(some.map(({ id }) => id)).toEqual([second, first, second]);
    expect(await images.byIds([])).toEqual([]);
  });

  describe.each([
    ['all', {}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['of a split', { split: 'TEST' }, [1, 3, 5, 7, 9, 11]],
    ['of a label', { label: 'Boot' }, [0, 3, 6, 9]],
    ['of a split and a label', { split: 'TRAIN', label: 'Bag' }, [4, 10]],
    ['of a label that none bears', { label: 'Hat' }, []],
    ['with filters of null', { split: null, label: null }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ] as const)('images %s', (_, filter, expected) => {
    const names = expected.map((at) => `n/${at}`);

    it('are counted and named by id', async () => {
      const { images, datasetId } = await filled(dozen);
      expect(await images.count(datasetId, filter)).toBe(names.length);
      const ids = await images.ids(datasetId, filter);
      expect(namesOf(await images.byIds(ids))).toEqual(names);
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
    });

    it('are paged forwards to the end', async () => {
      const { images, datasetId } = await filled(dozen);
      const seen: string[] = [];
      let afterId: number | undefined;
      for (;;) {
        const page = await images.page(datasetId, filter, { afterId, limit: 4 });
        if (page.length === 0) break;
        expect(page.length).toBeLessThanOrEqual(4);
        seen.push(...namesOf(page));
        afterId = page.at(-1)?.id;
      }
      expect(seen).toEqual(names);
    });

    it('are paged backwards to the beginning, each page in order', async () => {
      const { images, datasetId } = await filled(dozen);
      const seen: string[] = [];
      let beforeId = Number.MAX_SAFE_INTEGER;
      for (;;) {
        const page = await images.page(datasetId, filter, { beforeId, limit: 5 });
        if (page.length === 0) break;
        seen.unshift(...namesOf(page));
        beforeId = page[0]?.id ?? 0;
      }
      expect(seen).toEqual(names);
    });
  });

  it('a page between two ids holds the last before the second', async () => {
    const { images, datasetId } = await filled(dozen);
    const ids = await images.ids(datasetId, {});
    const window = { afterId: ids[1], beforeId: ids[9], limit: 3 };
    expect(namesOf(await images.page(datasetId, {}, window))).toEqual(['n/6', 'n/7', 'n/8']);
    const wide = await images.page(datasetId, {}, { ...window, limit: 100 });
    expect(namesOf(wide)).toEqual(['n/2', 'n/3', 'n/4', 'n/5', 'n/6', 'n/7', 'n/8']);
  });
}
