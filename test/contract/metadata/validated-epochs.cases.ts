import { expect, it } from 'vitest';
import type { ValidationScore } from '../../../server/domain/validation.js';
import type { FinishedEpoch } from '../../../server/ports/training-runs.js';
import type { Metadata, OpenMetadata } from './metadata.js';
import { claimed, datasetWithImages, newModel, queuedRun } from './rows.js';

const SCORE: ValidationScore = {
  measure: 'PRECISION_AT_10',
  value: 0.1 + 0.2,
  queryCount: 50,
  baseCount: 1000,
  seenInTraining: false,
};

function finished(epoch: number, changes: Partial<FinishedEpoch> = {}): FinishedEpoch {
  const numbers = { epoch, loss: 1, seconds: 1, checkpointBlobId: `checkpoint ${epoch}` };
  return { ...numbers, reconstructions: [], ...changes };
}

async function runWith(metadata: Metadata, best: readonly boolean[]) {
  const { id, datasetId } = await queuedRun(metadata);
  const { lease } = await claimed(metadata);
  const told: string[][] = [];
  for (const [at, isBest] of best.entries()) {
    told.push(await metadata.queue.finishEpoch(lease, finished(at + 1, { isBest })));
  }
  return { id, datasetId, lease, told };
}

/** What an epoch leaves of its validation: a score, neighbours of probe images, the best checkpoint. */
export function validatedEpochsCases(open: OpenMetadata): void {
  it('the score of an epoch is kept to the last bit', async () => {
    const metadata = await open();
    const { id } = await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    await metadata.queue.finishEpoch(lease, finished(1, { validation: SCORE }));
    await metadata.queue.finishEpoch(lease, finished(2, { validation: null }));
    const seen = await metadata.connectAgain().runs.epochs(id, 0);
    expect(seen.map(({ validation }) => validation)).toEqual([SCORE, null]);
  });

  it('the neighbours of probe images are given by epoch, without those whose probe is gone', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 3);
    const [first = 0, second = 0, third = 0] = imageIds;
    const { id } = await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    const neighbours = [
      { imageId: second, neighbourIds: [third, first] },
      { imageId: first, neighbourIds: [third] },
      { imageId: 9999, neighbourIds: [first] },
    ];
    await metadata.queue.finishEpoch(lease, finished(1, { neighbours }));
    await metadata.queue.finishEpoch(lease, finished(2));
    const { runs, images } = metadata.connectAgain();
    const ofRun = { runId: id, epoch: 1 };
    expect(await runs.neighbours(id, 1)).toEqual([
      { ...ofRun, imageId: first, neighbourIds: [third] },
      { ...ofRun, imageId: second, neighbourIds: [third, first] },
    ]);
    expect(await runs.neighbours(id, 2)).toEqual([]);
    await images.deleteMany([first]);
    expect((await runs.neighbours(id, 1)).map(({ imageId }) => imageId)).toEqual([second]);
  });

  it('the best checkpoint stays beside the last, and what neither bears is told and doomed', async () => {
    const metadata = await open();
    const { id, told } = await runWith(metadata, [true, true, false, false, true, false]);
    expect(told.map((blobIds) => blobIds.sort())).toEqual([
      [],
      ['checkpoint 1'],
      [],
      ['checkpoint 3'],
      ['checkpoint 2', 'checkpoint 4'],
      [],
    ]);
    const { runs, doomed } = metadata.connectAgain();
    expect(await runs.bestCheckpoint(id)).toEqual({ runId: id, epoch: 5, blobId: 'checkpoint 5' });
    expect(await runs.checkpoint(id)).toEqual({ runId: id, epoch: 6, blobId: 'checkpoint 6' });
    expect(await doomed.next(9)).toEqual([1, 2, 3, 4].map((epoch) => `checkpoint ${epoch}`));
  });

  it('a run that keeps no best checkpoint has none', async () => {
    const metadata = await open();
    const { id, told } = await runWith(metadata, [false, false]);
    expect(told).toEqual([[], ['checkpoint 1']]);
    expect(await metadata.runs.bestCheckpoint(id)).toBeNull();
    expect(await metadata.runs.dropBestCheckpoint(id)).toEqual([]);
  });

  it('the best checkpoint is dropped, its blob too unless the last one bears it', async () => {
    const metadata = await open();
    const [earlier, last] = [
      await runWith(metadata, [true, false]),
      await runWith(metadata, [false, true]),
    ];
    expect(await metadata.runs.dropBestCheckpoint(earlier.id)).toEqual(['checkpoint 1']);
    expect(await metadata.runs.dropBestCheckpoint(last.id)).toEqual([]);
    expect(await metadata.runs.bestCheckpoint(earlier.id)).toBeNull();
    expect(await metadata.runs.checkpoint(last.id)).toMatchObject({ epoch: 2 });
  });

  it('a deleted run tells its best checkpoint, once where it is the last one too', async () => {
    const metadata = await open();
    const earlier = await runWith(metadata, [true, false]);
    await metadata.queue.stop(earlier.lease, 'CANCELLED', null);
    expect((await metadata.runs.delete(earlier.id))?.sort()).toEqual([
      'checkpoint 1',
      'checkpoint 2',
    ]);
    const same = await runWith(metadata, [true]);
    await metadata.queue.stop(same.lease, 'FAILED', null);
    expect(await metadata.runs.delete(same.id)).toEqual(['checkpoint 1']);
  });

  it('a deleted dataset tells the best checkpoints of its runs', async () => {
    const metadata = await open();
    const { id, datasetId, lease } = await runWith(metadata, [true, false]);
    await metadata.queue.succeed(lease, newModel(id, datasetId, { weightsBlobId: 'weights' }));
    const { blobIds } = await metadata.datasets.delete(datasetId);
    expect(blobIds.sort()).toEqual(['checkpoint 1', 'checkpoint 2', 'weights']);
  });
}
