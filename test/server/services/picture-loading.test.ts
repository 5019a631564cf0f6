import sharp from 'sharp';
import { expect, it } from 'vitest';
import { PictureLoader } from '../../../server/services/picture-loading.js';
import { newImage } from '../../contract/metadata/rows.js';
import { inputOf } from '../ml/pictures.js';
import { openStores } from './stores.js';

/** How many images come in each batch, of images with one picture. */
async function batchSizes(count: number, side: number, byteLength?: number): Promise<number[]> {
  const { datasets, images, blobs, pictures } = await openStores();
  const { id } = await datasets.findOrCreate('pictures', 'Pictures');
  const bytes = await sharp({
    create: { width: side, height: side, channels: 3, background: '#a33' },
  })
    .toColourspace('b-w')
    .jpeg()
    .toBuffer();
  const picture = {
    ...{ blobId: await blobs.put(bytes), format: 'JPEG' as const },
    ...{ width: side, height: side, channels: 1 as const },
    byteLength: byteLength ?? bytes.byteLength,
  };
  await images.insertMany(
    Array.from({ length: count }, (_, at) => newImage(id, `n/${at}`, picture)),
  );
  const loader = new PictureLoader(images, blobs, pictures);
  const sizes: number[] = [];
  for await (const batch of loader.batches(id, 'TRAIN', inputOf(8, 8, 3), count)) {
    expect(batch.failures).toEqual([]);
    sizes.push(batch.count);
  }
  return sizes;
}

it('small pictures come by the hundred', async () => {
  expect(await batchSizes(260, 8)).toEqual([250, 10]);
});

it('pictures of many pixels come few at a time, between two signs of life', async () => {
  expect(await batchSizes(3, 8500)).toEqual([2, 1]);
});

it('so do pictures of many bytes', async () => {
  expect(await batchSizes(4, 8, 30_000_000)).toEqual([2, 2]);
});
