import { describe, expect, it } from 'vitest';
import type { Image } from '../../../server/domain/image.js';
import type { LoadedPictures } from '../../../server/services/picture-loading.js';
import { chooseValidationSet, holdOut } from '../../../server/services/validation-set.js';
import { newImage } from '../../contract/metadata/rows.js';
import { inputOf, unwatched } from '../ml/pictures.js';

const INPUT = inputOf(4, 4, 1);
const LENGTH = 16;

/** Images whose pixels all tell the last digits of the id. */
function loaded(count: number, labelOf: (at: number) => string | null): LoadedPictures {
  const images = Array.from({ length: count }, (_, at): Image => {
    const id = 100 + at;
    return { ...newImage(1, `${id}`, { label: labelOf(at) }), id, addedAt: new Date(0) };
  });
  const pixels = Uint8Array.from(images.flatMap(({ id }) => Array<number>(LENGTH).fill(id % 256)));
  return { count, images, pixels, failures: [] };
}

function expectInStep({ images, pixels }: Pick<LoadedPictures, 'images' | 'pixels'>): void {
  expect(pixels).toHaveLength(images.length * LENGTH);
  images.forEach(({ id }, place) => {
    const row = pixels.subarray(place * LENGTH, (place + 1) * LENGTH);
    expect(new Set(row)).toEqual(new Set([id % 256]));
  });
}

const letters = (at: number) => 'abcdefghijklm'.charAt(at % 13);

async function chosen(pictures: LoadedPictures, share: number) {
  const { training, heldOut } = holdOut(pictures, INPUT, share);
  const set = await chooseValidationSet(training, heldOut, INPUT, unwatched);
  const queryIds = set?.queries.images.map(({ id }) => id) ?? [];
  const baseIds = set?.base.map((place) => training.images[place]?.id ?? 0) ?? [];
  return { set, training, heldOut, queryIds, baseIds };
}

describe('holding out', () => {
  it('parts the images; every picture stays with its image', () => {
    const before = loaded(200, letters);
    const ids = before.images.map(({ id }) => id);
    const { training, heldOut } = holdOut(before, INPUT, 0.1);
    expect([training.count, heldOut.count]).toEqual([180, 20]);
    expectInStep(training);
    expectInStep(heldOut);
    const parted = [...training.images, ...heldOut.images].map(({ id }) => id);
    expect(parted.sort((a, b) => a - b)).toEqual(ids);
  });

  it('of nothing leaves training as it is', () => {
    const before = loaded(30, letters);
    const { training, heldOut } = holdOut(before, INPUT, 0);
    expect(training).toBe(before);
    expect(heldOut.count).toBe(0);
  });
});

describe('what is validated with', () => {
  it('are the held-out images, with all others to search in', async () => {
    const { set, heldOut, queryIds, baseIds } = await chosen(loaded(200, letters), 0.2);
    expect(set).toMatchObject({ measure: 'PRECISION_AT_10', seenInTraining: false });
    expect(queryIds).toEqual(heldOut.images.map(({ id }) => id));
    expect(new Set([...queryIds, ...baseIds]).size).toBe(200);
    expect(set?.copies).toHaveLength(0);
  });

  it('are images that are learned from where none are held out, and never searched in', async () => {
    const { set, training, queryIds, baseIds } = await chosen(loaded(200, letters), 0);
    expect(set).toMatchObject({ measure: 'PRECISION_AT_10', seenInTraining: true });
    expect(training.count).toBe(200);
    expect(queryIds).toHaveLength(50);
    expect(new Set([...queryIds, ...baseIds]).size).toBe(200);
    expectInStep(set?.queries ?? { images: [], pixels: new Uint8Array(1) });
  });

  it('shows ten images of ten labels', async () => {
    const { set } = await chosen(loaded(400, letters), 0.25);
    const labels = set?.pinned.map((place) => set.queries.images[place]?.label);
    expect(labels).toHaveLength(10);
    expect(new Set(labels).size).toBe(10);
  });

  it('is a sample of many images: a third of them, at most 10,000', async () => {
    const sizes = await Promise.all(
      [1500, 4500, 60_000].map(async (count) => {
        const { set } = await chosen(loaded(count, letters), 0);
        return [set?.queries.images.length, set?.base.length];
      }),
    );
    expect(sizes).toEqual([
      [375, 1000],
      [1000, 1500],
      [1000, 10_000],
    ]);
  });

  it.each([
    ['nothing bears a label', () => null],
    ['all bear the same', () => 'shoe'],
    ['few bear one', (at: number) => (at % 9 === 0 ? letters(at) : null)],
  ])('are altered copies where %s', async (_, labelOf) => {
    const { set } = await chosen(loaded(300, labelOf), 0.2);
    expect(set).toMatchObject({ measure: 'OWN_COPIES', seenInTraining: false });
    expect(set?.copies).toHaveLength(60 * LENGTH);
    expect(set?.pinned).toHaveLength(10);
  });

  it('leaves queries without a label out where labels are gone by', async () => {
    const { set } = await chosen(
      loaded(100, (at) => (at % 3 === 0 ? null : letters(at))),
      0.5,
    );
    expect(set?.measure).toBe('PRECISION_AT_10');
    expect(set?.queries.images.every(({ label }) => label !== null)).toBe(true);
  });

  it.each([0, 1])('is nothing where there are %i images', async (count) => {
    expect((await chosen(loaded(count, letters), 0.5)).set).toBeNull();
  });

  it('is the same for the images that are left when one has gone', async () => {
    const all = loaded(200, letters);
    const gone = await chosen(loaded(200, letters), 0.2);
    const without = {
      ...all,
      count: 199,
      images: all.images.slice(1),
      pixels: all.pixels.subarray(LENGTH),
    };
    const after = await chosen(without, 0.2);
    const left = gone.queryIds.filter((id) => id !== 100);
    expect(after.queryIds.filter((id) => left.includes(id)).length).toBeGreaterThanOrEqual(
      left.length - 1,
    );
  });
});
