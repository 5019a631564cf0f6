import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { ChildProcessTrainerPool } from '../../../server/adapters/model-runtime/child-process/trainer-pool.js';
import { serveMap } from '../../../server/http/map-files.js';
import { pathOf } from '../../../server/http/request-path.js';
import { EmbeddingMapService } from '../../../server/services/embedding-map.service.js';
import { trainedModel } from '../../contract/metadata/rows.js';
import { openStores } from '../services/stores.js';

const POINTS = Uint8Array.from({ length: 20_000 }, (_, at) => at % 7);

/** A server of maps with a model whose PCA map is drawn; what is no map is answered with 418. */
async function serving() {
  const stores = await openStores();
  const pool = new ChildProcessTrainerPool('', stores.mapQueue, stores.events, stores.log);
  await pool.close();
  const service = new EmbeddingMapService(stores.maps, stores.blobs, pool);
  const modelId = await trainedModel(stores);
  const draw = async (points: Uint8Array) => {
    await service.start(modelId, 'PCA');
    const lease = await stores.mapQueue.claim(1);
    const blobId = await stores.blobs.put(points);
    if (lease) await stores.mapQueue.succeed(lease, blobId);
    return blobId;
  };
  const server = createServer((asked, response) => {
    void serveMap(service, asked, response, pathOf(asked.url), () => true).then((isMap) => {
      if (!isMap) response.writeHead(418).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const asked = request({ host: '127.0.0.1', port, path, headers, method }).end();
    const [response] = (await once(asked, 'response')) as [
      AsyncIterable<Buffer> & { statusCode: number; headers: Record<string, string> },
    ];
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part);
    return { status: response.statusCode, headers: response.headers, bytes: Buffer.concat(parts) };
  };
  return { get, draw, service, modelId, blobId: await draw(POINTS) };
}

it('points are sent as they were drawn: for good under their version, else to be asked for again', async () => {
  const { get, modelId, blobId } = await serving();
  const path = `/maps/${modelId}/pca.bin`;
  const versioned = await get(`${path}?v=${blobId.slice(0, 16)}`);
  expect(versioned).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'cache-control': 'private, max-age=31536000, immutable',
      etag: `"${blobId}"`,
    },
  });
  expect(versioned.bytes).toEqual(Buffer.from(POINTS));
  for (const address of [path, `${path}?v=0123456789abcdef`, `${path}?v=`]) {
    const { status, headers, bytes } = await get(address);
    expect([status, headers['cache-control']]).toEqual([200, 'no-cache']);
    expect(bytes).toEqual(Buffer.from(POINTS));
  }
});

it('they are packed for who accepts that', async () => {
  const { get, modelId } = await serving();
  const { headers, bytes } = await get(`/maps/${modelId}/pca.bin`, { 'accept-encoding': 'gzip' });
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
  expect(bytes.byteLength).toBeLessThan(1000);
  expect(gunzipSync(bytes)).toEqual(Buffer.from(POINTS));
});

it('who has them is told so, until they are drawn anew', async () => {
  const { get, draw, modelId, blobId } = await serving();
  const path = `/maps/${modelId}/pca.bin`;
  for (const tag of [`"${blobId}"`, `W/"${blobId}"`, `"other", "${blobId}"`]) {
    const { status, bytes } = await get(path, { 'if-none-match': tag });
    expect([status, bytes.byteLength]).toEqual([304, 0]);
  }
  const newer = await draw(POINTS.slice(1));
  const { status, headers, bytes } = await get(path, { 'if-none-match': `"${blobId}"` });
  expect([status, headers['etag']]).toEqual([200, `"${newer}"`]);
  expect(bytes.byteLength).toBe(POINTS.byteLength - 1);
});

it.each([
  ['another kind of it', (model: number) => `/maps/${model}/umap.bin`],
  ['a model that is not there', () => '/maps/99/pca.bin'],
])('%s that is not drawn is not found, with the reason', async (_, path) => {
  const { get, modelId } = await serving();
  const { status, bytes } = await get(path(modelId));
  expect(status).toBe(404);
  expect(bytes.toString()).toMatch(/^MAP_NOT_FOUND: .*startEmbeddingMap/);
});

it.each(['/maps/1/tsne.bin', '/maps/x/pca.bin', '/maps/1/PCA.bin', '/maps/1', '/map'])(
  '%s is no map',
  async (path) => {
    const { get } = await serving();
    expect((await get(path)).status).toBe(418);
  },
);

it('asking for the map of a model that is gone, or cancelling what is not going, is refused', async () => {
  const { service, modelId } = await serving();
  await expect(service.start(99, 'PCA')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  await expect(service.cancel(modelId, 'UMAP')).rejects.toMatchObject({ code: 'MAP_NOT_FOUND' });
  await expect(service.cancel(modelId, 'PCA')).rejects.toMatchObject({
    code: 'MAP_NOT_CANCELLABLE',
  });
  await service.start(modelId, 'UMAP');
  expect(await service.cancel(modelId, 'UMAP')).toMatchObject({ status: 'CANCELLED' });
});
