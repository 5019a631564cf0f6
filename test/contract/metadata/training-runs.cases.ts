import { describe, expect, it } from 'vitest';
import type { InputSpec } from '../../../server/domain/model.js';
import { ONE_HOUR, standingClock } from './clock.js';
import type { OpenMetadata } from './metadata.js';
import { claimed, datasetWithImages, queuedRun, runThatIs } from './rows.js';

export function trainingRunsCases(open: OpenMetadata): void {
  it('a new run waits in the queue with all that it was given', async () => {
    const metadata = await open();
    const { id: datasetId } = await metadata.datasets.findOrCreate('pictures', 'Pictures');
    const hyperparameters = { learningRate: 0.000_123, epochs: 20, seed: 2_147_483_647 };
    const run = await metadata.runs.create(datasetId, 'conv-autoencoder', hyperparameters, null);
    expect(run).toEqual({
      id: run.id,
      datasetId,
      architecture: 'conv-autoencoder',
      hyperparameters,
      input: null,
      status: 'QUEUED',
      phase: null,
      phaseProgress: 0,
      epochsDone: 0,
      failure: null,
      attempts: 0,
      cancelRequested: false,
      modelId: null,
      sweepId: null,
      followsSweep: false,
      stopReason: null,
      workedSeconds: 0,
      origin: null,
      createdAt: expect.any(Date) as Date,
      startedAt: null,
      finishedAt: null,
    });
    expect(await metadata.runs.byId(run.id)).toEqual(run);
    expect(await metadata.runs.byId(run.id + 1)).toBeNull();
  });

  it('the input that was chosen for a run goes with it, to its trainer too', async () => {
    const metadata = await open();
    const { id: datasetId } = await metadata.datasets.findOrCreate('pictures', 'Pictures');
    const input: InputSpec = {
      width: 96,
      height: 64,
      channels: 3,
      fit: 'COVER',
      background: '#fedcba',
      scaling: 'CONTRAST',
    };
    const run = await metadata.runs.create(datasetId, 'conv-autoencoder', {}, input);
    expect(run.input).toEqual(input);
    expect((await metadata.runs.list(null))[0]?.input).toEqual(input);
    expect((await claimed(metadata.connectAgain())).run.input).toEqual(input);
  });

  it('the request that put a run into the queue goes with it, to its trainer too', async () => {
    const metadata = await open();
    const { id: datasetId } = await metadata.datasets.findOrCreate('pictures', 'Pictures');
    const origin = { requestId: 'request-1', traceparent: '00-a-b-01' };
    const given = [datasetId, 'conv-autoencoder', {}, null, origin] as const;
    const run = await metadata.runs.create(...given);
    expect(run.origin).toEqual(origin);
    const { run: taken, lease } = await claimed(metadata.connectAgain());
    expect(taken.origin).toEqual(origin);
    await metadata.queue.stop(lease, 'CANCELLED', null);
    const again = { requestId: 'request-2', traceparent: null };
    await metadata.runs.requeue(run.id, again);
    expect((await metadata.runs.byId(run.id))?.origin).toEqual(again);
  });

  it('runs are listed newest first, of all datasets or of one', async () => {
    const metadata = await open();
    const [first, second] = [await queuedRun(metadata), await queuedRun(metadata)];
    const { id: other } = await metadata.datasets.findOrCreate('others', 'Others');
    const third = await metadata.runs.create(other, 'conv-autoencoder', {}, null);
    expect(await metadata.runs.list(null)).toEqual([third, second, first]);
    expect(await metadata.runs.list(first.datasetId)).toEqual([second, first]);
    expect(await metadata.runs.list(999)).toEqual([]);
  });

  it('the lines of a log are numbered from 1 in each run, whoever writes', async () => {
    const metadata = await open();
    const other = metadata.connectAgain();
    const [one, two] = [await queuedRun(metadata), await queuedRun(metadata)];
    await metadata.runs.appendLog(one.id, 'a');
    await other.runs.appendLog(two.id, 'b');
    await other.runs.appendLog(one.id, 'c');
    await metadata.runs.appendLog(one.id, 'd');
    const lines = (await metadata.runs.log(one.id, 0)).map(({ line, message }) => [line, message]);
    expect(lines).toEqual([
      [1, 'a'],
      [2, 'c'],
      [3, 'd'],
    ]);
    expect((await metadata.runs.log(one.id, 2)).map(({ message }) => message)).toEqual(['d']);
    expect(await metadata.runs.log(two.id, 0)).toEqual([
      { runId: two.id, line: 1, at: expect.any(Date) as Date, message: 'b' },
    ]);
  });

  it('epochs and pictures are given in order, from an epoch on or of one epoch', async () => {
    const metadata = await open();
    const { imageIds } = await datasetWithImages(metadata, 3);
    const { id } = await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    for (const epoch of [1, 2, 3]) {
      const reconstructions = [...imageIds]
        .reverse()
        .map((imageId) => ({ imageId, blobId: `${epoch}/${imageId}` }));
      const numbers = { epoch, loss: 1, seconds: 1, checkpointBlobId: 'c' };
      await metadata.queue.finishEpoch(lease, { ...numbers, reconstructions });
    }
    const { runs } = metadata;
    expect((await runs.epochs(id, 0)).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(await runs.lastEpoch(id)).toEqual((await runs.epochs(id, 2))[0]);
    expect(await runs.lastEpoch(id + 1)).toBeNull();
    expect((await runs.epochs(id, 2)).map(({ epoch }) => epoch)).toEqual([3]);
    const blobIds = (epoch: number) => imageIds.map((imageId) => `${epoch}/${imageId}`);
    const pictures = await runs.reconstructions(id, null);
    expect(pictures.map(({ blobId }) => blobId)).toEqual([1, 2, 3].flatMap(blobIds));
    const ofOne = await runs.reconstructions(id, 2);
    expect(ofOne.map(({ blobId }) => blobId)).toEqual(blobIds(2));
  });

  describe('cancelling', () => {
    it.each(['QUEUED', 'INTERRUPTED'] as const)('ends a %s run at once', async (status) => {
      const metadata = await open();
      const id = await runThatIs(status, metadata);
      expect(await metadata.runs.requestCancel(id)).toBe(true);
      const run = await metadata.runs.byId(id);
      expect(run).toMatchObject({ status: 'CANCELLED', finishedAt: expect.any(Date) as Date });
      expect(await metadata.queue.claim(3)).toBeNull();
    });

    it('only asks the trainer of a RUNNING run', async () => {
      const metadata = await open();
      const id = await runThatIs('RUNNING', metadata);
      expect(await metadata.runs.requestCancel(id)).toBe(true);
      expect(await metadata.runs.byId(id)).toMatchObject({
        status: 'RUNNING',
        cancelRequested: true,
        finishedAt: null,
      });
    });

    it('ends a RUNNING run whose trainer is dead', async () => {
      const clock = standingClock();
      const metadata = await open();
      const id = await runThatIs('RUNNING', metadata);
      clock.pass(ONE_HOUR);
      expect(await metadata.runs.requestCancel(id)).toBe(true);
      expect(await metadata.runs.byId(id)).toMatchObject({ status: 'CANCELLED', phase: null });
      expect(await metadata.queue.claim(3)).toBeNull();
    });

    it.each(['SUCCEEDED', 'FAILED', 'CANCELLED'] as const)(
      'is refused for a %s run',
      async (status) => {
        const metadata = await open();
        const id = await runThatIs(status, metadata);
        const before = await metadata.runs.byId(id);
        expect(await metadata.runs.requestCancel(id)).toBe(false);
        expect(await metadata.runs.byId(id)).toEqual(before);
      },
    );

    it('is refused for a run that does not exist', async () => {
      const { runs } = await open();
      expect(await runs.requestCancel(1)).toBe(false);
    });
  });
}
