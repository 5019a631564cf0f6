import { expect, it } from 'vitest';
import type { Image } from '../../../server/domain/image.js';
import { PackedImages } from '../../../server/services/packed-images.js';

function image(id: number, changes: Partial<Image> = {}): Image {
  return {
    ...{ id, datasetId: 1, name: `train/${id}`, blobId: id.toString(16).padStart(64, '0') },
    ...{ format: 'PNG', width: 28, height: 30, channels: 3, hasAlpha: true, label: 'Boot' },
    ...{ thumbnailBlobId: null, byteLength: 700 + id, split: 'TRAIN' },
    addedAt: new Date(1_700_000_000_000 + Math.floor(id / 3)),
    ...changes,
  };
}

function packed(images: readonly Image[]): PackedImages {
  const all = new PackedImages();
  for (const each of images) all.add(each);
  return all;
}

it('gives back every image as it was, wherever its id lies', () => {
  const images = [
    ...Array.from({ length: 5000 }, (_, at) => image(at + 1)),
    image(100_000, { label: null, thumbnailBlobId: 'f'.repeat(64), split: 'TEST' }),
    image(2 ** 40 + 5, { datasetId: 7, format: 'RAW', width: 29, channels: 1, hasAlpha: false }),
    image(9000, { byteLength: 2 ** 33, height: 31, label: '' }),
  ];
  const all = packed(images);
  for (const each of images) {
    expect(all.has(each.id)).toBe(true);
    expect(all.get([each.id])).toEqual([each]);
  }
  const ids = images.map(({ id }) => id);
  expect(all.get(ids)).toEqual(images);
  expect(all.get([7, 6001, 9000, 7])).toEqual([images[6], null, images.at(-1), images[6]]);
});

it('has none but those that were added', () => {
  const all = packed([image(3)]);
  for (const id of [0, 2, 4, 3 + 256, 3 + 4096, 2 ** 32 + 3]) {
    expect(all.has(id)).toBe(false);
    expect(all.get([id])).toEqual([null]);
  }
  expect(new PackedImages().isEmpty).toBe(true);
  expect(all.isEmpty).toBe(false);
});

it('has one that was deleted no more, and as it is when it comes again', () => {
  const all = packed([image(3), image(4)]);
  all.delete(3);
  all.delete(900);
  expect(all.get([3])).toEqual([null]);
  expect(all.get([4])).toEqual([image(4)]);
  const again = image(3, { label: 'Bag' });
  all.add(again);
  expect(all.get([3])).toEqual([again]);
});

it('takes more memory for what images do not have in common', () => {
  const ids = Array.from({ length: 100 }, (_, at) => at);
  const bytes = (changes: (id: number) => Partial<Image>) =>
    packed(ids.map((id) => image(id, changes(id)))).byteLength;
  const alike = bytes(() => ({}));
  expect(bytes((id) => ({ label: `of its own ${id}` }))).toBeGreaterThan(alike);
  expect(bytes((id) => ({ addedAt: new Date(id) }))).toBeGreaterThan(alike);
  expect(bytes((id) => ({ thumbnailBlobId: `${id}` }))).toBeGreaterThan(alike);
  expect(bytes(() => ({ name: 'a' }))).toBeLessThan(alike);
  expect(bytes((id) => ({ width: id, height: 1000 + id }))).toBe(alike);
});
