import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { ImageFormat, NewImage } from '../../../server/domain/image.js';
import { ImageService } from '../../../server/services/image.service.js';
import { newImage } from '../../contract/metadata/rows.js';
import { openStores, type Stores } from './stores.js';

const PIXELS = Uint8Array.from({ length: 16 }, (_, at) => at * 16);
const create = { width: 9, height: 9, channels: 3, background: '#123456' } as const;

/** To be begun one after another: a promise that is refused while another is awaited is unhandled. */
const READINGS = [
  (service: ImageService, id: number) => service.picture(id),
  (service: ImageService, id: number) => service.thumbnail(id),
  (service: ImageService, id: number) => service.original(id),
];

function serviceOn({ images, blobs, pictures, runs }: Stores): ImageService {
  return new ImageService(images, blobs, pictures, runs);
}

async function stored(
  bytes: Uint8Array,
  format: ImageFormat,
  { name = 'a', ...changes }: Partial<NewImage> = {},
) {
  const stores = await openStores();
  const { id: datasetId } = await stores.datasets.findOrCreate('pictures', 'Pictures');
  const blobId = await stores.blobs.put(bytes);
  const side = format === 'RAW' ? 4 : 9;
  const facts = { format, width: side, height: side, channels: format === 'RAW' ? 1 : 3 };
  await stores.images.insertMany([newImage(datasetId, name, { blobId, ...facts, ...changes })]);
  const [id = 0] = await stores.images.ids(datasetId, {});
  return { stores, service: serviceOn(stores), id, blobId };
}

describe('the picture of an image', () => {
  it('of raw pixels is a PNG of these pixels', async () => {
    const { service, id } = await stored(PIXELS, 'RAW');
    const { bytes, contentType } = await service.picture(id);
    expect(contentType).toBe('image/png');
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 4, height: 4, channels: 1 });
    const data = await sharp(bytes).toColourspace('b-w').raw().toBuffer();
    expect([...data]).toEqual([...PIXELS]);
  });

  it('of a TIFF file, which browsers do not show, is a WebP of it', async () => {
    const { service, id } = await stored(await sharp({ create }).tiff().toBuffer(), 'TIFF');
    const { bytes, contentType } = await service.picture(id);
    expect(contentType).toBe('image/webp');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 9, height: 9 });
  });

  it.each([
    ['JPEG', 'image/jpeg', () => sharp({ create }).jpeg()],
    ['PNG', 'image/png', () => sharp({ create }).png()],
    ['WEBP', 'image/webp', () => sharp({ create }).webp()],
    ['GIF', 'image/gif', () => sharp({ create }).gif()],
    ['AVIF', 'image/avif', () => sharp({ create }).avif()],
  ] as const)('of a %s file is that file, byte for byte', async (format, type, encode) => {
    const file = await encode().toBuffer();
    const { service, id } = await stored(file, format);
    const { bytes, contentType } = await service.picture(id);
    expect(contentType).toBe(type);
    expect([...bytes]).toEqual([...file]);
  });

  it('whose bytes are gone is told as missing', async () => {
    const { stores, service, id, blobId } = await stored(PIXELS, 'RAW');
    await stores.blobs.delete(blobId);
    for (const read of READINGS) {
      await expect(read(service, id)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
    }
  });

  it('of no image is refused', async () => {
    const service = serviceOn(await openStores());
    for (const read of READINGS) {
      await expect(read(service, 1)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    }
    await expect(service.get(1)).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
  });
});

describe('the thumbnail of an image', () => {
  it('is the smaller rendition that was stored with it', async () => {
    const jpeg = await sharp({ create }).jpeg().toBuffer();
    const { stores, service, id, blobId } = await stored(jpeg, 'JPEG');
    const small = await sharp({ create }).resize(3).webp().toBuffer();
    const thumbnailBlobId = await stores.blobs.put(small);
    const { datasetId } = await service.get(id);
    await stores.images.insertMany([newImage(datasetId, 'b', { blobId, thumbnailBlobId })]);
    const [, other = 0] = await stores.images.ids(datasetId, {});
    const { bytes, contentType } = await service.thumbnail(other);
    expect(contentType).toBe('image/webp');
    expect([...bytes]).toEqual([...small]);
    expect([...(await service.thumbnail(id)).bytes]).toEqual([...jpeg]);
  });

  it('of small raw pixels is a PNG of them', async () => {
    const { service, id } = await stored(PIXELS, 'RAW');
    expect(await service.thumbnail(id)).toEqual(await service.picture(id));
  });

  it('goes along with other answers where the picture is small and can be read', async () => {
    const { stores, service, id, blobId } = await stored(PIXELS, 'RAW', { byteLength: 4096 });
    const image = await service.get(id);
    expect(await service.smallThumbnail(image)).toEqual(await service.thumbnail(id));
    expect(await service.smallThumbnail({ ...image, byteLength: 4097 })).toBeNull();
    expect(await service.smallThumbnail({ ...image, thumbnailBlobId: blobId })).toBeNull();
    await stores.blobs.delete(blobId);
    expect(await service.smallThumbnail(image)).toBeNull();
  });
});

describe('the original of an image', () => {
  it('is what was added, byte for byte, also where browsers cannot show it', async () => {
    for (const [format, type, bytes] of [
      ['RAW', 'application/octet-stream', PIXELS],
      ['TIFF', 'image/tiff', await sharp({ create }).tiff().toBuffer()],
    ] as const) {
      const { service, id } = await stored(bytes, format);
      const original = await service.original(id);
      expect(original.contentType).toBe(type);
      expect([...original.bytes]).toEqual([...bytes]);
    }
  });

  it('bears the last part of the name of the image', async () => {
    const { service, id } = await stored(PIXELS, 'RAW', { name: 'train/shoes/7' });
    expect((await service.original(id)).fileName).toBe('7.raw');
  });
});
