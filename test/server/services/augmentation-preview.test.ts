import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Hyperparameters } from '../../../server/domain/architecture.js';
import { createAugmenter } from '../../../server/ml/augmenter.js';
import { AugmentationPreview } from '../../../server/services/augmentation-preview.js';
import { AugmentationPreviewService } from '../../../server/services/augmentation-preview.service.js';
import { inputOf } from '../ml/pictures.js';
import { colouredShapes, SIDE } from './coloured-shapes.js';
import { openStores, trainingServiceOn } from './stores.js';

const INPUT = inputOf(SIDE, SIDE, 3);
const UNALTERED = { shift: 0, mirrored: 0, erased: 0 };

async function shapes(count = 24) {
  const stores = await openStores();
  const datasetId = await colouredShapes(stores, count);
  const service = new AugmentationPreviewService(
    stores.images,
    stores.blobs,
    await trainingServiceOn(stores),
    new AugmentationPreview(createAugmenter(), stores.pictures),
  );
  const preview = (dials: Hyperparameters, copies = 4, architecture = 'neighbour-encoder') =>
    service.preview(datasetId, architecture, dials, INPUT, copies);
  return { stores, datasetId, preview, service };
}

const pixelsOf = async (png: Uint8Array | undefined) =>
  Uint8Array.from(await sharp(png).raw().toBuffer());

function mirrored(pixels: Uint8Array): Uint8Array {
  return pixels.map((_, at) => {
    const [pixel, channel] = [Math.floor(at / 3), at % 3];
    const [row, column] = [Math.floor(pixel / SIDE), pixel % SIDE];
    return pixels[(row * SIDE + SIDE - 1 - column) * 3 + channel] ?? 0;
  });
}

describe('what training would make of pictures', () => {
  it('is shown of the first ten TRAIN images, alike for the same dials', async () => {
    const { stores, datasetId, preview } = await shapes();
    const shown = await preview({});
    const first = await stores.images.page(datasetId, { split: 'TRAIN' }, { limit: 10 });
    expect(shown.map(({ image }) => image)).toEqual(first);
    expect(shown.map(({ copies }) => copies.length)).toEqual(new Array<number>(10).fill(4));
    expect(await preview({})).toEqual(shown);
    expect(await preview({ seed: 2 })).not.toEqual(shown);
    const different = new Set(shown[0]?.copies.map((png) => Buffer.from(png).toString('hex')));
    expect(different.size).toBeGreaterThan(1);
  });

  it('is nothing where the dials are at nothing, and the mirror image where all are mirrored', async () => {
    const { preview } = await shapes();
    for (const { input, copies } of await preview(UNALTERED, 2)) {
      expect(copies).toEqual([input, input]);
    }
    for (const { input, copies } of await preview({ ...UNALTERED, mirrored: 1 }, 1)) {
      expect(await pixelsOf(copies[0])).toEqual(mirrored(await pixelsOf(input)));
    }
  });

  it('of an image does not depend on the others', async () => {
    const { stores, preview } = await shapes();
    const [first, second] = await preview({});
    await stores.images.deleteMany([first?.image.id ?? 0]);
    expect((await preview({}))[0]).toEqual(second);
  });

  it('is of as many images as there are', async () => {
    const { preview } = await shapes(6);
    expect(await preview({}, 8)).toHaveLength(5);
  });

  it('begins no batch that nobody waits for any more', async () => {
    const { service, datasetId } = await shapes(6);
    const stop = new AbortController();
    stop.abort(new Error('left'));
    const asked = service.preview(datasetId, 'neighbour-encoder', {}, INPUT, 4, stop.signal);
    await expect(asked).rejects.toThrow('left');
  });

  it('is none of an architecture that learns from pictures as they are', async () => {
    const { preview } = await shapes();
    expect(await preview({}, 4, 'conv-autoencoder')).toEqual([]);
    expect(await preview({}, 4, 'pixel-components')).toEqual([]);
  });

  it.each([
    ['HYPERPARAMETER_INVALID', { erased: 2 }, 'neighbour-encoder'],
    ['HYPERPARAMETER_INVALID', { shift: 0.1 }, 'conv-autoencoder'],
    ['ARCHITECTURE_NOT_FOUND', {}, 'perceptron'],
  ] as const)('is refused as %s', async (code, dials, architecture) => {
    const { preview } = await shapes();
    await expect(preview(dials, 4, architecture)).rejects.toMatchObject({ code });
  });
});
