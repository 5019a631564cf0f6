import { describe, expect, it } from 'vitest';
import { createNetworks } from '../../../server/ml/networks.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import type { PictureBatch } from '../../../server/ports/networks.js';
import { drawnPictures, FASHION_INPUT, inputOf, recipeOf, unwatched } from './pictures.js';

const tf = await loadTensorFlow();
const networks = await createNetworks();

/** Mean squared error of each picture, from bytes. */
function errorsOf(pictures: PictureBatch, redrawn: Uint8Array): number[] {
  const length = redrawn.length / pictures.count;
  return Array.from({ length: pictures.count }, (_, picture) => {
    let sum = 0;
    for (let at = picture * length; at < (picture + 1) * length; at += 1) {
      sum += (((pictures.pixels[at] ?? 0) - (redrawn[at] ?? 0)) / 255) ** 2;
    }
    return sum / length;
  });
}

describe.each([
  ['28x28x1, in two batches', FASHION_INPUT, 600],
  ['64x64x3, in several batches', inputOf(64, 64, 3), 70],
  ['33x47x3, sides that do not halve', inputOf(33, 47, 3), 40],
] as const)('embedding at %s', (_, input, count) => {
  const pictures = drawnPictures(count, input);

  it('gives the embeddings of `encode` and the errors of `reconstruct`', async () => {
    const network = networks.create(recipeOf({ batchSize: 20 }, input));
    await network.trainEpoch(drawnPictures(100, input), unwatched);
    const { embeddings, reconstructionErrors } = await network.embed(pictures);
    expect(embeddings).toEqual(await network.encode(pictures));
    // Half a byte of rounding moves a squared error by up to the deviation by 1/255.
    const expected = errorsOf(pictures, await network.reconstruct(pictures));
    expect(reconstructionErrors).toHaveLength(count);
    expected.forEach((error, at) => {
      expect(Math.abs((reconstructionErrors[at] ?? Number.NaN) - error)).toBeLessThan(2e-3);
    });
    expect(new Set(expected.map((error) => error.toFixed(4))).size).toBeGreaterThan(count / 4);
    network.dispose();
  });
});

it('embedding keeps no tensors', async () => {
  const pictures = drawnPictures(600, FASHION_INPUT);
  const network = networks.create(recipeOf());
  const before = tf.memory().numTensors;
  await network.embed(pictures);
  await network.embed(pictures);
  expect(tf.memory().numTensors).toBe(before);
  network.dispose();
});

it('embedding no pictures gives nothing', async () => {
  const network = networks.create(recipeOf());
  const seen = await network.embed({ count: 0, pixels: new Uint8Array() });
  expect([seen.embeddings.length, seen.reconstructionErrors.length]).toEqual([0, 0]);
  network.dispose();
});
