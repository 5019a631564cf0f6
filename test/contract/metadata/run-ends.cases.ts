import { describe, expect, it } from 'vitest';
import type { OpenMetadata } from './metadata.js';
import { claimed, datasetWithImages, queuedRun, runThatIs, trainedModel } from './rows.js';

/** What can be done with a run after it has stopped. */
export function runEndsCases(open: OpenMetadata): void {
  describe('putting a run back into the queue', () => {
    it.each(['FAILED', 'CANCELLED', 'INTERRUPTED'] as const)(
      'lets a %s run wait again',
      async (status) => {
        const metadata = await open();
        const id = await runThatIs(status, metadata);
        expect(await metadata.runs.requeue(id)).toBe(true);
        expect(await metadata.runs.byId(id)).toMatchObject({
          status: 'QUEUED',
          failure: null,
          attempts: 0,
          cancelRequested: false,
          finishedAt: null,
        });
        expect((await claimed(metadata)).run.id).toBe(id);
      },
    );

    it.each(['QUEUED', 'RUNNING', 'SUCCEEDED'] as const)(
      'is refused for a %s run',
      async (status) => {
        const metadata = await open();
        const id = await runThatIs(status, metadata);
        const before = await metadata.runs.byId(id);
        expect(await metadata.runs.requeue(id)).toBe(false);
        expect(await metadata.runs.byId(id)).toEqual(before);
      },
    );

    it('is refused for a run that does not exist', async () => {
      const { runs } = await open();
      expect(await runs.requeue(1)).toBe(false);
    });

    it('forgets the wish to cancel and keeps the epochs', async () => {
      const metadata = await open();
      const { id } = await queuedRun(metadata);
      const { lease } = await claimed(metadata);
      const epoch = { epoch: 1, loss: 3, seconds: 1, checkpointBlobId: 'c', reconstructions: [] };
      await metadata.queue.finishEpoch(lease, epoch);
      await metadata.runs.requestCancel(id);
      await metadata.queue.stop(lease, 'CANCELLED', null);
      await metadata.runs.requeue(id);
      const again = await claimed(metadata);
      expect(again.run).toMatchObject({ id, epochsDone: 1, cancelRequested: false });
      const heard = await metadata.queue.heartbeat(again.lease, 'LOADING', 0);
      expect(heard).toEqual({ cancelRequested: false });
      expect(await metadata.runs.checkpoint(id)).toEqual({ runId: id, epoch: 1, blobId: 'c' });
    });
  });

  describe('deleting a run', () => {
    it.each(['FAILED', 'CANCELLED'] as const)(
      'takes all that a %s run left along',
      async (status) => {
        const metadata = await open();
        const { imageIds } = await datasetWithImages(metadata, 1);
        const { id } = await queuedRun(metadata);
        const { lease } = await claimed(metadata);
        const reconstructions = imageIds.map((imageId) => ({ imageId, blobId: 'p' }));
        const numbers = { epoch: 1, loss: 3, seconds: 1, checkpointBlobId: 'c' };
        await metadata.queue.finishEpoch(lease, { ...numbers, reconstructions });
        await metadata.runs.appendLog(id, 'a line');
        await metadata.queue.stop(lease, status, null);
        expect((await metadata.runs.delete(id))?.sort()).toEqual(['c', 'p']);
        expect(await metadata.runs.byId(id)).toBeNull();
        expect(await metadata.runs.epochs(id, 0)).toEqual([]);
        expect(await metadata.runs.checkpoint(id)).toBeNull();
        expect(await metadata.runs.reconstructions(id, null)).toEqual([]);
        expect(await metadata.runs.log(id, 0)).toEqual([]);
        expect(await metadata.images.ids(1, {})).toEqual(imageIds);
      },
    );

    it.each(['QUEUED', 'RUNNING', 'INTERRUPTED'] as const)(
      'is refused for a %s run',
      async (status) => {
        const metadata = await open();
        const id = await runThatIs(status, metadata);
        expect(await metadata.runs.delete(id)).toBeNull();
        expect(await metadata.runs.byId(id)).toMatchObject({ status });
      },
    );

    it('is refused while its model is there', async () => {
      const metadata = await open();
      const [id] = [await trainedModel(metadata), await trainedModel(metadata)];
      expect(await metadata.runs.delete(id)).toBeNull();
      expect(await metadata.models.byId(id)).not.toBeNull();
      await metadata.models.delete(id);
      expect(await metadata.runs.delete(id)).toEqual([]);
    });

    it('never frees its id for another run', async () => {
      const metadata = await open();
      const id = await runThatIs('FAILED', metadata);
      await metadata.runs.delete(id);
      expect((await queuedRun(metadata)).id).toBeGreaterThan(id);
    });
  });
}
