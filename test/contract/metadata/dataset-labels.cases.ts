import { describe, expect, it } from 'vitest';
import type { OpenMetadata } from './metadata.js';
import { newImage } from './rows.js';

export function datasetLabelsCases(open: OpenMetadata): void {
  const labelled = async (...labels: (string | null)[]) => {
    const { datasets, images } = await open();
    const { id } = await datasets.findOrCreate('pictures', 'Pictures');
    const { id: other } = await datasets.findOrCreate('others', 'Others');
    const rows = labels.map((label, at) =>
      newImage(id, `n/${at}`, { label, split: at % 2 === 0 ? 'TRAIN' : 'TEST' }),
    );
    await images.insertMany([...rows, newImage(other, 'a', { label: 'Other boot' })]);
    return { datasets, images, id };
  };

  it('labels are counted each once, and the unlabelled images are none', async () => {
    const { datasets, id } = await labelled('Boot', 'Boot', 'Bag', null, null, 'boot');
    expect(await datasets.countLabels(id)).toBe(3);
    expect(await datasets.countLabels(99)).toBe(0);
  });

  describe.each([
    ['a part of them', 'oo', ['Ankle boot', 'Wood']],
    ['a part in another case', 'ANKLE', ['Ankle boot']],
    ['nothing but what all have', '', ['100%', '100_', '10\\0', 'Ankle boot', 'Wood']],
    ['a per cent sign', '%', ['100%']],
    ['an underscore', '_', ['100_']],
    ['a backslash', '\\', ['10\\0']],
    ['what none has', 'hat', []],
  ])('labels that contain %s', (_, containing, expected) => {
    it('are found', async () => {
      const { datasets, id } = await labelled(
        'Wood',
        null,
        '100%',
        null,
        'Ankle boot',
        null,
        '100_',
        null,
        '10\\0',
      );
      const found = await datasets.labelCounts(id, { containing, limit: 100 });
      expect(found.map(({ label }) => label)).toEqual(expected);
      expect(found.every(({ split, count }) => split === 'TRAIN' && count === 1)).toBe(true);
    });
  });

  it('only so many are counted as are asked for, in order', async () => {
    const { datasets, id } = await labelled('d', 'd', 'b', null, 'a', 'c', 'c');
    const all = await datasets.labelCounts(id);
    expect(all).toHaveLength(7);
    expect(await datasets.labelCounts(id, { containing: null, limit: 3 })).toEqual(all.slice(0, 3));
    expect(await datasets.labelCounts(id, { containing: null, limit: 100 })).toEqual(all);
  });

  it('images are counted anew', async () => {
    const { datasets, images, id } = await labelled('a', 'b', 'c');
    expect(await datasets.recount(id)).toBe(3);
    await images.deleteMany((await images.ids(id, {})).slice(1));
    expect(await datasets.recount(id)).toBe(1);
    expect((await datasets.byId(id))?.importedCount).toBe(1);
    expect((await datasets.byName('others'))?.importedCount).toBe(0);
    expect(await datasets.recount(99)).toBe(0);
  });
}
