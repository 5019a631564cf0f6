import { createServer } from 'node:http';
import { once } from 'node:events';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { servePicture } from '../../../server/http/picture-files.js';
import { pathOf } from '../../../server/http/request-path.js';
import { ImageService } from '../../../server/services/image.service.js';
import { newImage } from '../../contract/metadata/rows.js';
import { openStores } from '../services/stores.js';

const PIXELS = Uint8Array.from({ length: 16 }, (_, at) => at * 16);
const IMMUTABLE = 'private, max-age=31536000, immutable';

/** A server of pictures with one image of raw pixels; what is no picture is answered with 418. */
async function serving(name = 'a') {
  const stores = await openStores();
  const { images, blobs, pictures, runs } = stores;
  const service = new ImageService(images, blobs, pictures, runs);
  const server = createServer((request, response) => {
    void servePicture(service, pathOf(request.url), response, () => true).then((isPicture) => {
      if (!isPicture) response.writeHead(418).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { id: datasetId } = await stores.datasets.findOrCreate('pictures', 'Pictures');
  const blobId = await blobs.put(PIXELS);
  const thumbnailBlobId = await blobs.put(Uint8Array.from([1, 2, 3]));
  const size = { width: 4, height: 4, blobId, thumbnailBlobId };
  await images.insertMany([newImage(datasetId, name, size)]);
  const [id = 0] = await images.ids(datasetId, {});
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  };
  return { get, id, blobs, blobId };
}

describe('a picture', () => {
  it.each([
    ['to be shown', '/images', 'image/png'],
    ['made small', '/thumbnails', 'image/webp'],
    ['as it came', '/originals', 'application/octet-stream'],
  ])('%s is sent for good, and can do nothing by itself', async (_, path, contentType) => {
    const { get, id } = await serving();
    const { response, bytes } = await get(`${path}/${id}?v=01234567`);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': contentType,
      'content-length': String(bytes.length),
      'cache-control': IMMUTABLE,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  it('is the one that was asked for', async () => {
    const { get, id } = await serving();
    const shown = await get(`/images/${id}`);
    const data = await sharp(shown.bytes).toColourspace('b-w').raw().toBuffer();
    expect([...data]).toEqual([...PIXELS]);
    expect([...(await get(`/thumbnails/${id}`)).bytes]).toEqual([1, 2, 3]);
    expect([...(await get(`/originals/${id}`)).bytes]).toEqual([...PIXELS]);
  });

  it('is only to be saved where it is the original', async () => {
    const { get, id } = await serving();
    for (const path of ['/images', '/thumbnails']) {
      const { response } = await get(`${path}/${id}`);
      expect(response.headers.has('content-disposition')).toBe(false);
    }
  });
});

describe('the name that an original is saved by', () => {
  it.each([
    ['plain', `filename="plain.raw"; filename*=UTF-8''plain.raw`],
    ['Größe 🦖', `filename="Gr__e _.raw"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%F0%9F%A6%96.raw`],
    ["it's (50%)", `filename="it's (50_).raw"; filename*=UTF-8''it%27s%20%2850%25%29.raw`],
    [
      'a"; filename=x\r\nb',
      `filename="a_; filename=x__b.raw"; filename*=UTF-8''a_%3B%20filename%3Dx__b.raw`,
    ],
  ])('is sent for %j', async (name, expected) => {
    const { get, id } = await serving(name);
    const { response } = await get(`/originals/${id}`);
    expect(response.headers.get('content-disposition')).toBe(`attachment; ${expected}`);
  });
});

describe('what is not there', () => {
  it('is told with its code, and not for good', async () => {
    const { get } = await serving();
    for (const path of [
      '/images/99',
      '/thumbnails/99',
      '/originals/99',
      '/reconstructions/1/1/1',
    ]) {
      const { response, bytes } = await get(path);
      expect(response.status).toBe(404);
      expect(response.headers.has('cache-control')).toBe(false);
      expect(new TextDecoder().decode(bytes)).toContain('IMAGE_NOT_FOUND');
    }
  });

  it('because its bytes are gone is a fault of the server', async () => {
    const { get, id, blobs, blobId } = await serving();
    await blobs.delete(blobId);
    const { response, bytes } = await get(`/originals/${id}`);
    expect(response.status).toBe(500);
    expect(response.headers.has('content-disposition')).toBe(false);
    expect(new TextDecoder().decode(bytes)).toContain('BLOB_MISSING');
  });

  it.each([
    '/',
    '/images',
    '/images/',
    '/images/x',
    '/images/1/2',
    '/images/-1',
    '/originals/1.png',
  ])('because %s is no picture is left to others', async (path) => {
    const { get } = await serving();
    expect((await get(path)).response.status).toBe(418);
  });
});
