import { expect, it } from 'vitest';
import type { Image } from '../../../server/domain/image.js';
import { inputLength, inputSpecFor } from '../../../server/domain/input-spec.js';

function image(width: number, height: number, channels: number): Image {
  return {
    id: 1,
    datasetId: 1,
    blobId: '',
    name: 'a',
    format: 'PNG',
    width,
    height,
    channels,
    byteLength: 1,
    label: null,
    split: 'TRAIN',
  };
}

it.each([
  ['of Fashion-MNIST as they are', [28, 28, 1], [28, 28, 1]],
  ['in colour as they are', [100, 60, 3], [100, 60, 3]],
  ['at the limits as they are', [160, 28, 3], [160, 28, 3]],
  ['that are tiny, enlarged', [1, 27, 1], [28, 28, 1]],
  ['that are large, reduced side by side', [4000, 161, 3], [160, 160, 3]],
  ['that are large one way only, reduced that way', [500, 30, 1], [160, 30, 1]],
  ['with transparency as colour', [64, 64, 4], [64, 64, 3]],
] as const)('a network is fed pictures %s', (_, [width, height, channels], expected) => {
  const spec = inputSpecFor(image(width, height, channels));
  expect([spec.width, spec.height, spec.channels]).toEqual(expected);
  expect(inputLength(spec)).toBe(expected[0] * expected[1] * expected[2]);
});
