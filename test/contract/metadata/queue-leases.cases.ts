import { describe, expect, it } from 'vitest';
import type { Lease } from '../../../server/domain/training-run.js';
import type { FinishedEpoch } from '../../../server/ports/training-runs.js';
import { ONE_HOUR, standingClock } from './clock.js';
import type { Metadata, OpenMetadata } from './metadata.js';
import { claimed, datasetWithImages, newModel, queuedRun } from './rows.js';

const CHECKPOINTS = ['c'.repeat(64), 'd'.repeat(64)] as const;

function finished(epoch: number, changes: Partial<FinishedEpoch> = {}): FinishedEpoch {
  const checkpointBlobId = CHECKPOINTS[epoch - 1] ?? '';
  return {
    epoch,
    loss: 10 / epoch,
    seconds: 1.5,
    checkpointBlobId,
    reconstructions: [],
    ...changes,
  };
}

/** Every write of a trainer. */
const WRITES: readonly (readonly [string, (to: Metadata, lease: Lease) => Promise<unknown>])[] = [
  ['heartbeat', ({ queue }, lease) => queue.heartbeat(lease, 'TRAINING', 0.5)],
  ['epoch', ({ queue }, lease) => queue.finishEpoch(lease, finished(1))],
  ['model', ({ queue }, lease) => queue.succeed(lease, newModel(lease.runId, 1))],
  ['failure', ({ queue }, lease) => queue.stop(lease, 'FAILED', null)],
];

export function queueLeasesCases(open: OpenMetadata): void {
  describe.each(WRITES)('the %s of a trainer without a lease', (_, write) => {
    const everything = async ({ runs, models, datasets }: Metadata, id: number) => ({
      run: await runs.byId(id),
      epochs: await runs.epochs(id, 0),
      checkpoint: await runs.checkpoint(id),
      models: await models.list(null),
      datasets: await datasets.list(),
    });

    it('is refused when another trainer has taken the run over, and changes nothing', async () => {
      const clock = standingClock();
      const metadata = await open();
      const { id } = await queuedRun(metadata);
      const lost = (await claimed(metadata)).lease;
      clock.pass(ONE_HOUR);
      const { lease } = await claimed(metadata.connectAgain());
      const before = await everything(metadata, id);
      await expect(write(metadata, lost)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      expect(await everything(metadata, id)).toEqual(before);
      await write(metadata, lease);
    });

    it('is refused when the run has ended meanwhile', async () => {
      const clock = standingClock();
      const metadata = await open();
      const { id } = await queuedRun(metadata);
      const { lease } = await claimed(metadata);
      clock.pass(ONE_HOUR);
      await metadata.runs.requestCancel(id);
      await expect(write(metadata, lease)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      await metadata.runs.requeue(id);
      await expect(write(metadata, lease)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      expect(await metadata.runs.byId(id)).toMatchObject({ status: 'QUEUED', epochsDone: 0 });
    });
  });

  it('a heartbeat tells how far the run is, and hears whether to stop', async () => {
    const metadata = await open();
    const { id } = await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    const heard = await metadata.queue.heartbeat(lease, 'INDEXING', 0.25);
    expect(heard).toEqual({ cancelRequested: false });
    const seen = await metadata.connectAgain().runs.byId(id);
    expect(seen).toMatchObject({ phase: 'INDEXING', phaseProgress: 0.25 });
    await metadata.runs.requestCancel(id);
    expect(await metadata.queue.heartbeat(lease, 'INDEXING', 0.5)).toEqual({
      cancelRequested: true,
    });
  });

  it('a wish to cancel outlives the trainer that did not hear it', async () => {
    const clock = standingClock();
    const metadata = await open();
    const { id } = await queuedRun(metadata);
    await claimed(metadata);
    await metadata.runs.requestCancel(id);
    clock.pass(ONE_HOUR);
    const { lease } = await claimed(metadata);
    expect(await metadata.queue.heartbeat(lease, 'LOADING', 0)).toEqual({ cancelRequested: true });
  });

  it('a finished epoch leaves its numbers, its checkpoint and its pictures', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 2);
    const { id } = await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    const reconstructions = imageIds.map((imageId) => ({ imageId, blobId: `png ${imageId}` }));
    const finishedAt = expect.any(Date) as Date;
    const ofOneThatIsGone = { imageId: 9999, blobId: 'png 9999' };
    const left = await metadata.queue.finishEpoch(
      lease,
      finished(1, { reconstructions: [...reconstructions, ofOneThatIsGone] }),
    );
    // No row bears it: it is to be deleted, and is if the trainer is killed before that.
    expect(left).toEqual(['png 9999']);
    expect(await metadata.doomed.next(9)).toEqual(['png 9999']);
    await metadata.queue.finishEpoch(lease, finished(2));
    const { runs } = metadata.connectAgain();
    expect(await runs.epochs(id, 0)).toEqual([
      { ...{ runId: id, epoch: 1, loss: 10, seconds: 1.5, validation: null }, finishedAt },
      { ...{ runId: id, epoch: 2, loss: 5, seconds: 1.5, validation: null }, finishedAt },
    ]);
    expect(await runs.checkpoint(id)).toEqual({ runId: id, epoch: 2, blobId: CHECKPOINTS[1] });
    expect(await runs.reconstructions(id, null)).toEqual(
      reconstructions.map((picture) => ({ runId: id, epoch: 1, ...picture })),
    );
    expect(await runs.byId(id)).toMatchObject({ status: 'RUNNING', epochsDone: 2, attempts: 0 });
  });

  it('an epoch with a number that is taken leaves nothing at all', async () => {
    const epoch = finished(1, { checkpointBlobId: CHECKPOINTS[1] });
    const metadata = await open();
    const { id } = await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    await metadata.queue.finishEpoch(lease, finished(1));
    await expect(metadata.queue.finishEpoch(lease, epoch)).rejects.toThrow();
    expect((await metadata.runs.epochs(id, 0)).map(({ loss }) => loss)).toEqual([10]);
    expect(await metadata.runs.checkpoint(id)).toMatchObject({ epoch: 1, blobId: CHECKPOINTS[0] });
    expect(await metadata.runs.reconstructions(id, null)).toEqual([]);
    expect(await metadata.runs.byId(id)).toMatchObject({ status: 'RUNNING', epochsDone: 1 });
  });

  it('a run succeeds, its model comes into being and is active, all at once', async () => {
    const metadata = await open();
    const { id, datasetId } = await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    await metadata.queue.succeed(lease, newModel(id, datasetId));
    const seen = metadata.connectAgain();
    expect(await seen.runs.byId(id)).toMatchObject({
      status: 'SUCCEEDED',
      modelId: id,
      phase: null,
      failure: null,
      finishedAt: expect.any(Date) as Date,
    });
    expect((await seen.models.byId(id))?.datasetId).toBe(datasetId);
    expect((await seen.datasets.byId(datasetId))?.activeModelId).toBe(id);
  });

  it('a model that cannot be written leaves the run running and the old model active', async () => {
    const metadata = await open();
    const { id, datasetId } = await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    const broken = newModel(id, 4711);
    await expect(metadata.queue.succeed(lease, broken)).rejects.toThrow();
    expect(await metadata.runs.byId(id)).toMatchObject({ status: 'RUNNING', modelId: null });
    expect(await metadata.models.list(null)).toEqual([]);
    expect((await metadata.datasets.byId(datasetId))?.activeModelId).toBeNull();
    await metadata.queue.succeed(lease, newModel(id, datasetId));
  });

  it.each([
    ['FAILED', { code: 'TRAINING_DIVERGED', message: 'not a number' }, true],
    ['CANCELLED', null, true],
    ['INTERRUPTED', null, false],
  ] as const)('a run that is stopped is %s', async (status, failure, isOver) => {
    const metadata = await open();
    const { id } = await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    await metadata.queue.stop(lease, status, failure);
    const run = await metadata.runs.byId(id);
    expect(run).toMatchObject({ status, failure, phase: null, modelId: null });
    expect(run?.finishedAt !== null).toBe(isOver);
  });
}
