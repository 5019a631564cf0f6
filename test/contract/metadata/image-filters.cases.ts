import { describe, expect, it } from 'vitest';
import type { ImageFilter } from '../../../server/domain/image.js';
import { ONE_HOUR, standingClock } from './clock.js';
import type { OpenMetadata } from './metadata.js';
import { newImage } from './rows.js';

const by = (value: string) => ({ key: 'photographer', value });
const of = (value: string) => ({ key: 'colour', value });

/** Conditions on metadata and dates, alone and with others. */
export function imageFiltersCases(open: OpenMetadata): void {
  /** Six images, one an hour, and another dataset with an image like the first. */
  const sixHours = async () => {
    const clock = standingClock();
    const { images, datasets } = await open();
    const { id: datasetId } = await datasets.findOrCreate('pictures', 'Pictures');
    const { id: other } = await datasets.findOrCreate('others', 'Others');
    const start = Date.now();
    for (const [name, label, split, metadata] of [
      ['a', 'Bag', 'TRAIN', [by('Ada'), of('red')]],
      ['b', 'Bag', 'TEST', [by('Ada')]],
      ['c', null, 'TRAIN', [by('Grace'), of('red')]],
      ['d', 'Bag', 'TRAIN', [of('Ada'), by('red')]],
      ['e', 'Hat', 'TEST', []],
      ['f', 'Bag', 'TRAIN', [by('Ada'), of('red'), { key: 'year', value: '1843' }]],
    ] as const) {
      await images.insertMany([newImage(datasetId, name, { label, split, metadata })]);
      clock.pass(ONE_HOUR);
    }
    const metadata = [by('Ada'), of('red')];
    await images.insertMany([newImage(other, 'a', { label: 'Bag', metadata })]);
    return { images, datasetId, at: (hour: number) => new Date(start + hour * ONE_HOUR) };
  };

  describe.each<[string, (at: (hour: number) => Date) => ImageFilter, string]>([
    ['with an entry', () => ({ metadata: [by('Ada')] }), 'abf'],
    ['with two entries', () => ({ metadata: [by('Ada'), of('red')] }), 'af'],
    ['with an entry that is written otherwise', () => ({ metadata: [by('ada')] }), ''],
    ['with an entry that none has', () => ({ metadata: [by('Ada'), by('Grace')] }), ''],
    ['with no condition on entries', () => ({ metadata: [] }), 'abcdef'],
    ['with entries of null', () => ({ metadata: null, addedFrom: null }), 'abcdef'],
    ['from a moment on', (at) => ({ addedFrom: at(3) }), 'def'],
    ['before a moment', (at) => ({ addedBefore: at(3) }), 'abc'],
    ['between moments', (at) => ({ addedFrom: at(1), addedBefore: at(4) }), 'bcd'],
    ['between moments the wrong way round', (at) => ({ addedFrom: at(4), addedBefore: at(1) }), ''],
    ['with an entry, of a split', () => ({ split: 'TRAIN', metadata: [by('Ada')] }), 'af'],
    ['with an entry, of a label', () => ({ label: 'Bag', metadata: [of('red')] }), 'af'],
    [
      'with all conditions',
      (at) => ({
        split: 'TRAIN',
        label: 'Bag',
        metadata: [by('Ada'), of('red')],
        addedFrom: at(1),
        addedBefore: at(6),
      }),
      'f',
    ],
  ])('images %s', (_, filterAt, expected) => {
    it('are counted, named and paged alike', async () => {
      const { images, datasetId, at } = await sixHours();
      const filter = filterAt(at);
      const ids = await images.ids(datasetId, filter);
      const found = await images.byIds(ids);
      expect(found.map(({ name }) => name).join('')).toBe(expected);
      expect(await images.count(datasetId, filter)).toBe(expected.length);
      expect(await images.page(datasetId, filter, { limit: 10 })).toEqual(found);
      const backwards = { beforeId: Number.MAX_SAFE_INTEGER, limit: 2 };
      expect(await images.page(datasetId, filter, backwards)).toEqual(found.slice(-2));
    });
  });
}
