import { describe, expect, it } from 'vitest';
import type { MapKind, MapLease } from '../../../server/domain/embedding-map.js';
import { ONE_HOUR, standingClock } from './clock.js';
import type { Metadata, OpenMetadata } from './metadata.js';
import { trainedModel } from './rows.js';

const FAILURE = { code: 'INTERNAL', message: 'broken' } as const;

async function claimedMap({ mapQueue }: Metadata): Promise<MapLease> {
  const lease = await mapQueue.claim(3);
  if (!lease) throw new Error('No map waits.');
  return lease;
}

/** A model with a map of a kind that has been drawn to this blob. */
async function drawn(metadata: Metadata, blobId: string, kind: MapKind = 'PCA'): Promise<number> {
  const modelId = await trainedModel(metadata);
  await metadata.maps.request(modelId, kind);
  await metadata.mapQueue.succeed(await claimedMap(metadata), blobId);
  return modelId;
}

/** Every write of a trainer that draws a map. */
const WRITES: readonly (readonly [string, (to: Metadata, lease: MapLease) => Promise<unknown>])[] =
  [
    ['heartbeat', ({ mapQueue }, lease) => mapQueue.heartbeat(lease, 0.5)],
    ['points', ({ mapQueue }, lease) => mapQueue.succeed(lease, 'points')],
    ['failure', ({ mapQueue }, lease) => mapQueue.stop(lease, 'FAILED', FAILURE)],
  ];

export function embeddingMapsCases(open: OpenMetadata): void {
  it('a map is there once it is asked for, of a model that is there', async () => {
    const { maps, mapQueue, ...metadata } = await open();
    const modelId = await trainedModel({ maps, mapQueue, ...metadata });
    expect(await maps.find(modelId, 'PCA')).toBeNull();
    expect(await maps.request(modelId + 1, 'PCA')).toBeNull();
    expect(await mapQueue.hasWaiting()).toBe(false);
    expect(await maps.request(modelId, 'PCA')).toEqual({
      ...{ modelId, kind: 'PCA', status: 'QUEUED', progress: 0, blobId: null, failure: null },
      createdAt: expect.any(Date) as Date,
      finishedAt: null,
    });
    expect(await mapQueue.hasWaiting()).toBe(true);
    expect(await maps.find(modelId, 'UMAP')).toBeNull();
  });

  it('maps are claimed in the order they were asked for, each once', async () => {
    const clock = standingClock();
    const metadata = await open();
    const [first, second] = [await trainedModel(metadata), await trainedModel(metadata)];
    await metadata.maps.request(second, 'UMAP');
    clock.pass(1);
    await metadata.maps.request(first, 'PCA');
    clock.pass(1);
    await metadata.maps.request(first, 'PCA');
    const others = metadata.connectAgain();
    const claims = [await metadata.mapQueue.claim(3), await others.mapQueue.claim(3)];
    expect(claims).toMatchObject([
      { modelId: second, kind: 'UMAP' },
      { modelId: first, kind: 'PCA' },
    ]);
    expect(await metadata.mapQueue.claim(3)).toBeNull();
    expect(await metadata.maps.request(first, 'PCA')).toMatchObject({ status: 'RUNNING' });
    expect(await metadata.mapQueue.hasWaiting()).toBe(false);
  });

  it('one that is drawn names its points; drawn anew, the older ones are told and doomed', async () => {
    const metadata = await open();
    const modelId = await drawn(metadata, 'first');
    const { maps, mapQueue, doomed } = metadata;
    expect(await maps.find(modelId, 'PCA')).toMatchObject({
      ...{ status: 'SUCCEEDED', progress: 1, blobId: 'first' },
      finishedAt: expect.any(Date) as Date,
    });
    expect(await maps.request(modelId, 'PCA')).toMatchObject({ status: 'QUEUED', blobId: 'first' });
    const lease = await claimedMap(metadata);
    expect(await mapQueue.heartbeat(lease, 0.25)).toEqual({ cancelRequested: false });
    expect(await maps.find(modelId, 'PCA')).toMatchObject({ status: 'RUNNING', progress: 0.25 });
    expect(await mapQueue.succeed(lease, 'second')).toEqual(['first']);
    expect(await doomed.next(9)).toEqual(['first']);
    await maps.request(modelId, 'PCA');
    expect(await mapQueue.succeed(await claimedMap(metadata), 'second')).toEqual([]);
    expect(await maps.find(modelId, 'PCA')).toMatchObject({ blobId: 'second' });
  });

  it('one that fails says why, keeps what was drawn before, and can be asked for again', async () => {
    const metadata = await open();
    const modelId = await drawn(metadata, 'points');
    await metadata.maps.request(modelId, 'PCA');
    await metadata.mapQueue.stop(await claimedMap(metadata), 'FAILED', FAILURE);
    const failed = { status: 'FAILED', failure: FAILURE, blobId: 'points' };
    expect(await metadata.maps.find(modelId, 'PCA')).toMatchObject(failed);
    expect(await metadata.mapQueue.hasWaiting()).toBe(false);
    const again = { status: 'QUEUED', failure: null, blobId: 'points' };
    expect(await metadata.maps.request(modelId, 'PCA')).toMatchObject(again);
  });

  it('one whose trainer died before the clock was set back is claimed again', async () => {
    const clock = standingClock();
    const metadata = await open();
    await metadata.maps.request(await trainedModel(metadata), 'PCA');
    const lease = await claimedMap(metadata);
    clock.pass(-ONE_HOUR);
    expect(await metadata.mapQueue.hasWaiting()).toBe(true);
    expect(await claimedMap(metadata)).not.toEqual(lease);
  });

  it('a waiting one is cancelled at once, a running one is asked to stop', async () => {
    const metadata = await open();
    const { maps, mapQueue } = metadata;
    const modelId = await trainedModel(metadata);
    expect(await maps.requestCancel(modelId, 'PCA')).toBe(false);
    await maps.request(modelId, 'PCA');
    expect(await maps.requestCancel(modelId, 'PCA')).toBe(true);
    expect(await maps.find(modelId, 'PCA')).toMatchObject({ status: 'CANCELLED' });
    expect(await mapQueue.claim(3)).toBeNull();
    await maps.request(modelId, 'PCA');
    const lease = await claimedMap(metadata);
    expect(await maps.requestCancel(modelId, 'PCA')).toBe(true);
    expect(await mapQueue.heartbeat(lease, 0.5)).toEqual({ cancelRequested: true });
    await mapQueue.stop(lease, 'CANCELLED', null);
    expect(await maps.requestCancel(modelId, 'PCA')).toBe(false);
    await maps.request(modelId, 'PCA');
    expect(await mapQueue.heartbeat(await claimedMap(metadata), 0.5)).toEqual({
      cancelRequested: false,
    });
  });

  it('one whose trainer died is claimed again, and given up when trainers keep dying', async () => {
    const clock = standingClock();
    const metadata = await open();
    const modelId = await trainedModel(metadata);
    await metadata.maps.request(modelId, 'UMAP');
    const first = await metadata.mapQueue.claim(2);
    expect(await metadata.mapQueue.claim(2)).toBeNull();
    clock.pass(ONE_HOUR);
    expect(await metadata.mapQueue.hasWaiting()).toBe(true);
    const second = await metadata.mapQueue.claim(2);
    expect(second?.token).not.toBe(first?.token);
    clock.pass(ONE_HOUR);
    expect(await metadata.mapQueue.claim(2)).toBeNull();
    expect(await metadata.maps.find(modelId, 'UMAP')).toMatchObject({
      status: 'FAILED',
      failure: { code: 'TRAINER_CRASHED', message: expect.stringContaining('2 times') as string },
    });
  });

  it('one that is given back waits again, as if nobody had tried', async () => {
    const metadata = await open();
    await metadata.maps.request(await trainedModel(metadata), 'PCA');
    for (let time = 0; time < 4; time += 1) {
      const lease = await metadata.mapQueue.claim(1);
      if (!lease) throw new Error('It was given up.');
      await metadata.mapQueue.stop(lease, 'QUEUED', null);
    }
    expect(await metadata.mapQueue.hasWaiting()).toBe(true);
  });

  describe.each(WRITES)('the %s of a trainer without a lease', (_, write) => {
    it('is refused when another has taken the map over, and changes nothing', async () => {
      const clock = standingClock();
      const metadata = await open();
      const modelId = await trainedModel(metadata);
      await metadata.maps.request(modelId, 'PCA');
      const lost = await claimedMap(metadata);
      clock.pass(ONE_HOUR);
      const lease = await claimedMap(metadata);
      const before = await metadata.maps.find(modelId, 'PCA');
      await expect(write(metadata, lost)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      expect(await metadata.maps.find(modelId, 'PCA')).toEqual(before);
      await write(metadata, lease);
    });
  });

  it("points that are nobody's, for the lease is lost, are doomed; those of another are not", async () => {
    const metadata = await open();
    const modelId = await drawn(metadata, 'points');
    const gone = { modelId, kind: 'PCA', token: 'old' } as const;
    const late = (blobId: string) => metadata.mapQueue.succeed(gone, blobId);
    await expect(late('points')).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await expect(late('others')).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await metadata.doomed.next(9)).toEqual(['others']);
  });

  it('maps go with their model, and tell their blobs; those of the active model stay', async () => {
    const metadata = await open();
    const modelId = await drawn(metadata, 'points');
    expect(await metadata.models.delete(modelId)).toBeNull();
    expect(await metadata.maps.find(modelId, 'PCA')).toMatchObject({ blobId: 'points' });
    await metadata.maps.request(modelId, 'UMAP');
    await trainedModel(metadata, { weightsBlobId: 'others' });
    expect((await metadata.models.delete(modelId))?.sort()).toEqual(['b'.repeat(64), 'points']);
    expect(await metadata.maps.find(modelId, 'PCA')).toBeNull();
    expect(await metadata.mapQueue.hasWaiting()).toBe(false);
  });

  it('maps go with their dataset, and tell their blobs', async () => {
    const metadata = await open();
    const modelId = await drawn(metadata, 'points');
    const model = await metadata.models.byId(modelId);
    const { blobIds } = await metadata.datasets.delete(model?.datasetId ?? 0);
    expect(blobIds).toContain('points');
    expect(await metadata.maps.find(modelId, 'PCA')).toBeNull();
  });
}
