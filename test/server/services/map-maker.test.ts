import { expect, it } from 'vitest';
import type { MapKind } from '../../../server/domain/embedding-map.js';
import { unitVector } from '../../../server/domain/query-vector.js';
import { seededRandom } from '../../../server/domain/random.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createPlainComparisons } from '../../../server/ml/plain-comparisons.js';
import { layOut } from '../../../server/services/map-layout.js';
import { MapMaker, type MapMakerParts } from '../../../server/services/map-maker.js';
import { modelOf, removedFrom, searchOver } from './search-world.js';

const TOOLS = { exactSearch: createExactSearch, comparisons: createPlainComparisons };
const silent = () => Promise.resolve();
const never = new AbortController().signal;

/** Images around the circle under a model, the TEST ones between the TRAIN ones. */
async function world() {
  const all = await searchOver([0, 20, 40, 60, 80, 100], [10, 30]);
  const modelId = await modelOf(all.stores);
  const maker = (changes: Partial<MapMakerParts> = {}) =>
    new MapMaker({ ...all.stores, ...TOOLS, ...changes });
  const drawn = async (kind: MapKind) => {
    const map = await all.stores.maps.find(modelId, kind);
    return map?.blobId ? all.stores.blobs.get(map.blobId) : null;
  };
  return { ...all, modelId, maker, drawn };
}

/** Ids and horizontal places of a file. */
function pointsOf(file: Uint8Array | null) {
  if (!file) throw new Error('Nothing is drawn.');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const count = view.getUint32(8, true);
  let id = 0;
  return Array.from({ length: count }, (_, at) => {
    id += view.getUint32(16 + at * 4, true);
    return { id, x: view.getUint16(16 + count * 4 + at * 2, true) };
  });
}

it.each(['PCA', 'UMAP'] as const)(
  'a %s map has every image of both splits that is there, in the order of ids',
  async (kind) => {
    const { stores, live, datasetId, modelId, maker, drawn } = await world();
    const [gone = 0, ...ids] = await stores.images.ids(datasetId, {});
    await removedFrom({ stores, live }, [gone]);
    await stores.maps.request(modelId, kind);
    expect(await maker().runNext(never)).toBe(true);
    expect(await maker().runNext(never)).toBe(false);
    expect(await stores.maps.find(modelId, kind)).toMatchObject({ status: 'SUCCEEDED' });
    expect(pointsOf(await drawn(kind)).map(({ id }) => id)).toEqual(ids);
  },
);

it('the principal components of directions on an arc lie in their order', async () => {
  const { stores, datasetId, modelId, maker, drawn } = await world();
  await stores.maps.request(modelId, 'PCA');
  await maker().runNext(never);
  const points = pointsOf(await drawn('PCA')).sort((one, other) => one.x - other.x);
  const images = await stores.images.byIds(points.map(({ id }) => id));
  expect(await stores.images.ids(datasetId, {})).toHaveLength(points.length);
  const degrees = images.map(({ name }) => Number(name.split('/')[1]));
  const ascending = [0, 10, 20, 30, 40, 60, 80, 100];
  expect([ascending, ascending.slice().reverse()]).toContainEqual(degrees);
});

it('points that are drawn anew take the place of the older ones, whose bytes go', async () => {
  const { stores, datasetId, live, modelId, maker, drawn } = await world();
  await stores.maps.request(modelId, 'PCA');
  await maker().runNext(never);
  const older = (await stores.maps.find(modelId, 'PCA'))?.blobId ?? '';
  const [gone = 0] = await stores.images.ids(datasetId, {});
  await removedFrom({ stores, live }, [gone]);
  await stores.maps.request(modelId, 'PCA');
  await maker().runNext(never);
  expect(pointsOf(await drawn('PCA'))).toHaveLength(7);
  await expect(stores.blobs.get(older)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  expect(await stores.doomed.next(9)).toEqual([]);
});

it('one that cannot be drawn fails with the reason, and the next one is drawn', async () => {
  const { stores, modelId, maker } = await world();
  await stores.maps.request(modelId, 'PCA');
  const broken = () => Promise.reject(new Error('no memory'));
  expect(await maker({ comparisons: broken }).runNext(never)).toBe(true);
  expect(await stores.maps.find(modelId, 'PCA')).toMatchObject({
    status: 'FAILED',
    failure: { code: 'INTERNAL', message: 'no memory' },
  });
  await stores.maps.request(modelId, 'UMAP');
  await maker().runNext(never);
  expect(await stores.maps.find(modelId, 'UMAP')).toMatchObject({ status: 'SUCCEEDED' });
});

it('one that is cancelled while it is drawn stops, and leaves nothing', async () => {
  const { stores, modelId, maker } = await world();
  await stores.maps.request(modelId, 'UMAP');
  const cancelling: MapMakerParts['mapQueue'] = {
    claim: async (attempts) => {
      const lease = await stores.mapQueue.claim(attempts);
      await stores.maps.requestCancel(modelId, 'UMAP');
      return lease;
    },
    owner: stores.mapQueue.owner,
    hasWaiting: () => stores.mapQueue.hasWaiting(),
    release: (owner) => stores.mapQueue.release(owner),
    heartbeat: (lease, share) => stores.mapQueue.heartbeat(lease, share),
    succeed: (lease, blobId) => stores.mapQueue.succeed(lease, blobId),
    stop: (lease, status, failure) => stores.mapQueue.stop(lease, status, failure),
  };
  await maker({ mapQueue: cancelling }).runNext(never);
  expect(await stores.maps.find(modelId, 'UMAP')).toMatchObject({
    ...{ status: 'CANCELLED', blobId: null },
  });
});

it('one is given back when the server stops, and is drawn by the next', async () => {
  const { stores, modelId, maker, drawn } = await world();
  await stores.maps.request(modelId, 'UMAP');
  const stopping = new AbortController();
  stopping.abort();
  await maker().runNext(stopping.signal);
  expect(await stores.maps.find(modelId, 'UMAP')).toMatchObject({ status: 'QUEUED' });
  await maker().runNext(never);
  expect(pointsOf(await drawn('UMAP'))).toHaveLength(8);
});

it('nothing is written where the model is deleted while its map is drawn', async () => {
  const { stores, modelId, maker } = await world();
  await modelOf(stores);
  await stores.maps.request(modelId, 'PCA');
  const comparisons = async () => {
    await stores.models.delete(modelId);
    return createPlainComparisons();
  };
  expect(await maker({ comparisons }).runNext(never)).toBe(true);
  expect(await stores.maps.find(modelId, 'PCA')).toBeNull();
  // The points are nobody's: the next start deletes them.
  expect((await stores.doomed.next(9)).length).toBeGreaterThan(0);
});

it.each([1, 2, 5, 6, 17])('%i points can be laid out', async (count) => {
  const random = seededRandom(count);
  const vectors = Float32Array.from({ length: count * 3 }, () => random() - 0.5);
  for (let row = 0; row < count; row += 1) {
    const vector = vectors.subarray(row * 3, row * 3 + 3);
    unitVector(vector, vector);
  }
  for (const kind of ['PCA', 'UMAP'] as const) {
    const order = { kind, vectors, dimension: 3 };
    const positions = await layOut(order, TOOLS, silent);
    expect(positions).toHaveLength(count * 2);
    expect(positions.every(Number.isFinite)).toBe(true);
    expect(await layOut(order, TOOLS, silent)).toEqual(positions);
  }
});

it('embeddings of one number, and none at all, can be laid out', async () => {
  const order = { kind: 'UMAP', vectors: Float32Array.from([1, -1, 1]), dimension: 1 } as const;
  const positions = await layOut(order, TOOLS, silent);
  expect([positions[1], positions[3], positions[5]]).toEqual([0, 0, 0]);
  expect(positions[0]).toBe(positions[4]);
  const none = await layOut({ ...order, vectors: new Float32Array() }, TOOLS, silent);
  expect(none).toEqual(new Float32Array());
});

it('points that are not laid out themselves lie among those that are near to them', async () => {
  const random = seededRandom(7);
  // More than are sampled, in three far clouds.
  const count = 10_500;
  const vectors = new Float32Array(count * 3);
  for (let row = 0; row < count; row += 1) {
    const numbers = [0, 1, 2].map((axis) => (axis === row % 3 ? 1 : 0) + random() * 0.1);
    vectors.set(unitVector(Float32Array.from(numbers)), row * 3);
  }
  const positions = await layOut({ kind: 'UMAP', vectors, dimension: 3 }, TOOLS, silent);
  const centres = [0, 1, 2].map((cloud) => {
    const rows = Array.from({ length: count / 3 }, (_, at) => at * 3 + cloud);
    const mean = (axis: number) =>
      rows.reduce((sum, row) => sum + (positions[row * 2 + axis] ?? 0), 0) / rows.length;
    return [mean(0), mean(1)] as const;
  });
  const nearest = Array.from({ length: count }, (_, row) => {
    const [x = 0, y = 0] = positions.subarray(row * 2, row * 2 + 2);
    const distances = centres.map(([cx, cy]) => Math.hypot(x - cx, y - cy));
    return distances.indexOf(Math.min(...distances));
  });
  const right = nearest.filter((cloud, row) => cloud === row % 3).length;
  expect(right / count).toBeGreaterThan(0.99);
}, 60_000);
