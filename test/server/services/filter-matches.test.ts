import { expect, it } from 'vitest';
import { FilterMatches } from '../../../server/services/filter-matches.js';
import { newImage } from '../../contract/metadata/rows.js';
import { openStores } from './stores.js';

async function labelled() {
  const { images, datasets } = await openStores();
  const { id } = await datasets.findOrCreate('pictures', 'Pictures');
  const add = (name: string, label: string) => images.insertMany([newImage(id, name, { label })]);
  await add('first', 'shoe');
  await add('second', 'hat');
  return { id, add, images, matches: new FilterMatches(images) };
}

it('no condition at all is no filter', async () => {
  const { id, matches } = await labelled();
  for (const filter of [{}, { label: null, split: undefined }, { metadata: [] }]) {
    expect(await matches.matching(id, filter)).toBeNull();
  }
});

it('matches are found once, until they are forgotten', async () => {
  const { id, add, matches } = await labelled();
  expect([...((await matches.matching(id, { label: 'shoe' })) ?? [])]).toEqual([1]);
  await add('third', 'shoe');
  expect([...((await matches.matching(id, { label: 'shoe', split: null })) ?? [])]).toEqual([1]);
  matches.forget(id + 10);
  expect((await matches.matching(id, { label: 'shoe' }))?.size).toBe(1);
  matches.forget(id);
  expect((await matches.matching(id, { label: 'shoe' }))?.size).toBe(2);
});

it('filters that ask for different things are kept apart', async () => {
  const { id, matches } = await labelled();
  const sizes = await Promise.all(
    [
      { label: 'shoe' },
      { label: '' },
      { label: 'shoe', split: 'TEST' as const },
      { addedBefore: new Date(0) },
      { addedFrom: new Date(0) },
      { metadata: [{ key: 'label', value: 'shoe' }] },
    ].map(async (filter) => (await matches.matching(id, filter))?.size),
  );
  expect(sizes).toEqual([1, 0, 0, 0, 2, 0]);
});

it('so many ids are kept, and then the least recently used filters go', async () => {
  const { id, add, images } = await labelled();
  const matches = new FilterMatches(images, 3000);
  await matches.matching(id, { label: 'shoe' });
  await matches.matching(id, { label: 'hat' });
  for (let other = 0; other < 40; other += 1) {
    await matches.matching(id, { label: `other ${other}` });
    await matches.matching(id, { label: 'shoe' });
  }
  await add('third', 'shoe');
  await add('fourth', 'hat');
  expect((await matches.matching(id, { label: 'shoe' }))?.size).toBe(1);
  expect((await matches.matching(id, { label: 'hat' }))?.size).toBe(2);
});

it('a few large answers take the room of many small ones', async () => {
  const { id, add, images } = await labelled();
  await images.insertMany(
    Array.from({ length: 900 }, (_, at) => newImage(id, `bag ${at}`, { label: 'bag' })),
  );
  const sizesAfter = async (matches: FilterMatches) => {
    await matches.matching(id, { label: 'shoe' });
    await matches.matching(id, { label: 'bag' });
    await matches.matching(id, { label: 'bag', split: 'TRAIN' });
    await add(`shoe of ${Math.random()}`, 'shoe');
    return (await matches.matching(id, { label: 'shoe' }))?.size;
  };
  expect(await sizesAfter(new FilterMatches(images))).toBe(1);
  expect(await sizesAfter(new FilterMatches(images, 2000))).toBe(3);
});
