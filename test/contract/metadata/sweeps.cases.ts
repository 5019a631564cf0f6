import { describe, expect, it } from 'vitest';
import type { Hyperparameters } from '../../../server/domain/architecture.js';
import type { Sweep } from '../../../server/domain/sweep.js';
import { ONE_HOUR, standingClock } from './clock.js';
import type { Metadata, OpenMetadata } from './metadata.js';
import { claimed, INPUT, newModel, queuedRun, runThatIs } from './rows.js';

const SETTINGS = [1, 2, 3].map((seed) => ({ epochs: 2, seed }));

async function newSweep(
  { sweeps, datasets }: Metadata,
  settings: readonly Hyperparameters[] = SETTINGS,
): Promise<Sweep> {
  const { id: datasetId } = await datasets.findOrCreate('pictures', 'Pictures');
  return sweeps.create(
    {
      ...{ datasetId, architecture: 'conv-autoencoder', hyperparameters: { epochs: 2 } },
      ...{ input: INPUT, budgetSeconds: 90.5, seed: 7 },
      dials: [
        { name: 'seed', values: [1, 2, 3], range: null },
        { name: 'learningRate', values: null, range: { low: 0.1, high: 1, scale: 'LOG' } },
      ],
    },
    settings,
  );
}

export function sweepsCases(open: OpenMetadata): void {
  it('a new sweep is kept with all that it was given, and a waiting run for each setting', async () => {
    const metadata = await open();
    const sweep = await newSweep(metadata);
    expect(await metadata.sweeps.byId(sweep.id)).toEqual(sweep);
    expect(sweep).toMatchObject({ budgetSeconds: 90.5, seed: 7, input: INPUT });
    expect(sweep.dials[1]?.range).toEqual({ low: 0.1, high: 1, scale: 'LOG' });
    const runs = await metadata.sweeps.runs(sweep.id);
    expect(runs.map(({ hyperparameters }) => hyperparameters)).toEqual(SETTINGS);
    for (const run of runs) {
      expect(run).toMatchObject({ status: 'QUEUED', sweepId: sweep.id, followsSweep: true });
    }
    expect(await metadata.runs.byId(runs[0]?.id ?? 0)).toEqual(runs[0]);
    expect(await metadata.sweeps.byId(sweep.id + 1)).toBeNull();
  });

  it('its runs go back to the request that asked for the sweep', async () => {
    const metadata = await open();
    const sweep = await newSweep(metadata);
    const origin = { requestId: 'request-1', traceparent: null };
    const { id } = await metadata.sweeps.create(sweep, SETTINGS, origin);
    const runs = await metadata.sweeps.runs(id);
    expect(runs.map((run) => run.origin)).toEqual(SETTINGS.map(() => origin));
  });

  it('sweeps are listed newest first, of all datasets or of one', async () => {
    const metadata = await open();
    const [first, second] = [await newSweep(metadata), await newSweep(metadata)];
    expect(await metadata.sweeps.list(null)).toEqual([second, first]);
    expect(await metadata.sweeps.list(first.datasetId)).toEqual([second, first]);
    expect(await metadata.sweeps.list(999)).toEqual([]);
  });

  it('none is added to a dataset that is gone or goes, and no run of one', async () => {
    const metadata = await open();
    const { id } = await metadata.datasets.findOrCreate('pictures', 'Pictures');
    await metadata.datasets.setImportState(id, { status: 'DELETING' });
    await expect(newSweep(metadata)).rejects.toMatchObject({ code: 'DATASET_NOT_READY' });
    await metadata.datasets.delete(id);
    const gone = { ...(await newSweep(metadata)), datasetId: 999 };
    const { length } = await metadata.runs.list(null);
    await expect(metadata.sweeps.create(gone, SETTINGS)).rejects.toMatchObject({
      code: 'DATASET_NOT_FOUND',
    });
    expect(await metadata.runs.list(null)).toHaveLength(length);
    expect(await metadata.sweeps.list(null)).toHaveLength(1);
  });

  it('a run that was started alone is claimed before those of a sweep, which keep their order', async () => {
    const metadata = await open();
    const sweep = await newSweep(metadata);
    const alone = await queuedRun(metadata);
    const ids = (await metadata.sweeps.runs(sweep.id)).map(({ id }) => id);
    const taken = [];
    for (let turn = 0; turn < 4; turn += 1) taken.push((await claimed(metadata)).run.id);
    expect(taken).toEqual([alone.id, ...ids]);
  });

  it('the model of a sweep becomes active for nobody', async () => {
    const metadata = await open();
    const { datasetId } = await newSweep(metadata);
    const { run, lease } = await claimed(metadata);
    expect(
      await metadata.queue.succeed(lease, newModel(run.id, datasetId), null, 'BUDGET'),
    ).toBeNull();
    expect(await metadata.datasets.byId(datasetId)).toMatchObject({ activeModelId: null });
    expect(await metadata.activations.list(datasetId)).toEqual([]);
    const ended = await metadata.runs.byId(run.id);
    expect(ended).toMatchObject({ status: 'SUCCEEDED', modelId: run.id, stopReason: 'BUDGET' });
  });

  it('a run that its sweep has stopped keeps the reason, until somebody resumes it by hand', async () => {
    const metadata = await open();
    await newSweep(metadata);
    const { run, lease } = await claimed(metadata);
    await metadata.queue.stop(lease, 'CANCELLED', null, 'LAGGING');
    const stopped = await metadata.runs.byId(run.id);
    expect(stopped).toMatchObject({ status: 'CANCELLED', stopReason: 'LAGGING' });
    expect(await metadata.runs.requeue(run.id)).toBe(true);
    expect(await metadata.runs.byId(run.id)).toMatchObject({
      ...{ status: 'QUEUED', stopReason: null, followsSweep: false },
      sweepId: stopped?.sweepId,
    });
  });

  it('a run that was interrupted still follows its sweep when somebody resumes it', async () => {
    const metadata = await open();
    await newSweep(metadata);
    const { run, lease } = await claimed(metadata);
    await metadata.queue.stop(lease, 'INTERRUPTED', null);
    expect(await metadata.runs.requeue(run.id)).toBe(true);
    expect(await metadata.runs.byId(run.id)).toMatchObject({ followsSweep: true });
  });

  describe('the time that trainers work on a run is counted', () => {
    const seconds = async (metadata: Metadata, id: number) =>
      (await metadata.runs.byId(id))?.workedSeconds;

    it('from sign of life to sign of life, at epochs and at the end', async () => {
      const clock = standingClock();
      const metadata = await open();
      const { id } = await queuedRun(metadata);
      clock.pass(5000);
      const { lease } = await claimed(metadata);
      expect(await seconds(metadata, id)).toBe(0);
      clock.pass(2000);
      await metadata.queue.heartbeat(lease, 'TRAINING', 0.5);
      expect(await seconds(metadata, id)).toBe(2);
      clock.pass(3000);
      const numbers = { epoch: 1, loss: 1, seconds: 1, checkpointBlobId: 'c', reconstructions: [] };
      await metadata.queue.finishEpoch(lease, numbers);
      expect(await seconds(metadata, id)).toBe(5);
      clock.pass(500);
      await metadata.queue.stop(lease, 'CANCELLED', null);
      clock.pass(ONE_HOUR);
      expect(await seconds(metadata, id)).toBe(5.5);
    });

    it('without the time that a trainer was dead, and that the run waited for another', async () => {
      const clock = standingClock();
      const metadata = await open();
      const { id } = await queuedRun(metadata);
      const first = await claimed(metadata);
      clock.pass(1000);
      await metadata.queue.heartbeat(first.lease, 'TRAINING', 0.5);
      clock.pass(ONE_HOUR);
      const second = await claimed(metadata);
      expect(second.run.id).toBe(id);
      clock.pass(1000);
      await metadata.queue.heartbeat(second.lease, 'TRAINING', 0.5);
      expect(await seconds(metadata, id)).toBe(2);
    });

    it('and of an hour without a sign of life no more than a lease', async () => {
      const clock = standingClock();
      const metadata = await open();
      const { id } = await queuedRun(metadata);
      const { lease } = await claimed(metadata);
      clock.pass(ONE_HOUR);
      await metadata.queue.heartbeat(lease, 'TRAINING', 0.5);
      expect(await seconds(metadata, id)).toBe(10);
    });
  });

  it('cancelling ends what waits and asks what goes on, and leaves other runs alone', async () => {
    const metadata = await open();
    const sweep = await newSweep(metadata);
    const [first, second, third] = (await metadata.sweeps.runs(sweep.id)).map(({ id }) => id);
    const one = await claimed(metadata);
    await metadata.queue.succeed(one.lease, newModel(one.run.id, sweep.datasetId));
    await claimed(metadata);
    const alone = await runThatIs('QUEUED', metadata);
    const cancelled = await metadata.sweeps.requestCancel(sweep.id);
    expect(cancelled.toSorted()).toEqual([second, third]);
    expect((await metadata.sweeps.runs(sweep.id)).map(({ id, status }) => [id, status])).toEqual([
      [first, 'SUCCEEDED'],
      [second, 'RUNNING'],
      [third, 'CANCELLED'],
    ]);
    expect(await metadata.runs.byId(second ?? 0)).toMatchObject({ cancelRequested: true });
    expect(await metadata.runs.byId(alone)).toMatchObject({ status: 'QUEUED' });
    expect(await metadata.sweeps.requestCancel(999)).toEqual([]);
  });

  it('a sweep goes with its dataset', async () => {
    const metadata = await open();
    const sweep = await newSweep(metadata);
    await metadata.sweeps.requestCancel(sweep.id);
    await metadata.datasets.delete(sweep.datasetId);
    expect(await metadata.sweeps.byId(sweep.id)).toBeNull();
    expect(await metadata.runs.list(null)).toEqual([]);
  });
}
