import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { TrainingProgress } from '../../../server/services/training.service.js';
import { runningRun } from './hand-made-trainer.js';

/** `3` is news of epoch 3, `RUNNING` tells the run's status alone. */
function told({ run, epoch }: TrainingProgress): number | string {
  return epoch ? epoch.epoch : run.status;
}

async function next(progress: AsyncGenerator<TrainingProgress>): Promise<number | string> {
  const result = await progress.next();
  return result.done ? 'end' : told(result.value);
}

async function rest(progress: AsyncGenerator<TrainingProgress>): Promise<(number | string)[]> {
  const seen: (number | string)[] = [];
  for await (const each of progress) seen.push(told(each));
  return seen;
}

const epochsIn = (seen: readonly (number | string)[]) =>
  seen.filter((each) => typeof each === 'number');

describe('following a run', () => {
  it('begins with the epochs that are done, then how the run stands', async () => {
    const { service, runId, trainer } = await runningRun();
    await trainer.finishEpoch(1);
    await trainer.finishEpoch(2);
    const progress = await service.follow(runId, 0);
    expect([await next(progress), await next(progress), await next(progress)]).toEqual([
      1,
      2,
      'RUNNING',
    ]);
  });

  it('begins after the epoch that was seen last', async () => {
    const { service, runId, trainer } = await runningRun();
    for (const epoch of [1, 2, 3]) await trainer.finishEpoch(epoch);
    const progress = await service.follow(runId, 2);
    expect([await next(progress), await next(progress)]).toEqual([3, 'RUNNING']);
  });

  it('goes on with each epoch as it is finished, and ends after the run', async () => {
    const { service, runId, trainer } = await runningRun();
    const progress = await service.follow(runId, 0);
    expect(await next(progress)).toBe('RUNNING');
    for (const epoch of [1, 2]) {
      const waiting = next(progress);
      await turn();
      await trainer.finishEpoch(epoch);
      expect(await waiting).toBe(epoch);
      expect(await next(progress)).toBe('RUNNING');
    }
    const waiting = next(progress);
    await trainer.succeed();
    expect(await waiting).toBe('SUCCEEDED');
    expect(await next(progress)).toBe('end');
  });

  it('tells the epoch with its numbers, and the run as it stands', async () => {
    const { service, runId, trainer } = await runningRun();
    expect(await service.lastEpoch(runId)).toBeNull();
    await trainer.finishEpoch(1);
    expect(await service.lastEpoch(runId)).toMatchObject({ runId, epoch: 1, loss: 9 });
    const progress = await service.follow(runId, 0);
    expect(await progress.next()).toMatchObject({
      value: {
        run: { id: runId, status: 'RUNNING', epochsDone: 1 },
        epoch: { runId, epoch: 1, loss: 9, seconds: 1 },
      },
    });
  });

  it('misses no epoch, however slowly it is read', async () => {
    const { service, runId, trainer } = await runningRun();
    await trainer.finishEpoch(1);
    const progress = await service.follow(runId, 0);
    expect(await next(progress)).toBe(1);
    for (let epoch = 2; epoch <= 20; epoch += 1) await trainer.finishEpoch(epoch);
    await trainer.succeed();
    const seen = await rest(progress);
    expect(epochsIn(seen)).toEqual(Array.from({ length: 19 }, (_, at) => at + 2));
    expect(seen.at(-1)).toBe('SUCCEEDED');
  });

  it('catches up with an epoch whose event was lost', async () => {
    const { stores, service, runId, trainer } = await runningRun();
    const progress = await service.follow(runId, 0);
    expect(await next(progress)).toBe('RUNNING');
    const lost = { loss: 1, seconds: 1, checkpointBlobId: 'c', reconstructions: [] };
    await stores.queue.finishEpoch(trainer.lease, { epoch: 1, ...lost });
    await trainer.finishEpoch(2);
    expect([await next(progress), await next(progress)]).toEqual([1, 2]);
  });

  it('gives all of it to two who follow, and to one who comes late', async () => {
    const { service, runId, trainer } = await runningRun();
    const early = [await service.follow(runId, 0), await service.follow(runId, 0)].map(rest);
    await trainer.finishEpoch(1);
    await turn();
    await trainer.finishEpoch(2);
    const late = rest(await service.follow(runId, 0));
    await trainer.finishEpoch(3);
    await trainer.succeed();
    for (const seen of await Promise.all([...early, late])) {
      expect(epochsIn(seen)).toEqual([1, 2, 3]);
      expect(seen.at(-1)).toBe('SUCCEEDED');
    }
  });

  it('of a run that has ended gives its epochs and ends', async () => {
    const { service, runId, trainer } = await runningRun();
    await trainer.finishEpoch(1);
    await trainer.succeed();
    expect(await rest(await service.follow(runId, 0))).toEqual([1, 'SUCCEEDED']);
  });

  it('does not wake up for another run', async () => {
    const { stores, service, runId, trainer } = await runningRun();
    const progress = await service.follow(runId, 0);
    expect(await next(progress)).toBe('RUNNING');
    let woken = false;
    const waiting = next(progress).then((seen) => {
      woken = true;
      return seen;
    });
    stores.events.publish('trainingRunChanged', { runId: runId + 1 });
    for (let round = 0; round < 20; round += 1) await turn();
    expect(woken).toBe(false);
    await trainer.finishEpoch(1);
    expect(await waiting).toBe(1);
  });

  it('hears of a cancellation', async () => {
    const { service, runId } = await runningRun();
    const progress = await service.follow(runId, 0);
    expect(await next(progress)).toBe('RUNNING');
    await service.cancel(runId);
    expect(await progress.next()).toMatchObject({
      value: { run: { status: 'RUNNING', cancelRequested: true }, epoch: null },
    });
  });

  it('ends at once when who follows leaves while nothing happens', async () => {
    const { service, runId } = await runningRun();
    const progress = await service.follow(runId, 0);
    expect(await next(progress)).toBe('RUNNING');
    const waiting = next(progress);
    await turn();
    await progress.return(undefined);
    expect(await waiting).toBe('end');
    expect(await next(progress)).toBe('end');
  });

  it('ends when who follows leaves before reading anything', async () => {
    const { service, runId } = await runningRun();
    const progress = await service.follow(runId, 0);
    await progress.return(undefined);
    expect(await next(progress)).toBe('end');
  });

  it('ends when the run is deleted meanwhile', async () => {
    const { stores, service, runId, trainer } = await runningRun();
    const progress = await service.follow(runId, 0);
    expect(await next(progress)).toBe('RUNNING');
    await stores.queue.stop(trainer.lease, 'FAILED', null);
    await service.delete(runId);
    trainer.announce();
    expect(await next(progress)).toBe('end');
  });

  it('a run that does not exist is refused', async () => {
    const { service, runId } = await runningRun();
    await expect(service.follow(runId + 1, 0)).rejects.toMatchObject({
      code: 'TRAINING_RUN_NOT_FOUND',
    });
  });
});
