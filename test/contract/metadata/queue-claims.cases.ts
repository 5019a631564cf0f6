import { expect, it } from 'vitest';
import { ONE_HOUR, standingClock } from './clock.js';
import type { OpenMetadata } from './metadata.js';
import { claimed, queuedRun } from './rows.js';

/** A trainer must be silent for longer than this before it is taken for dead. */
const BETWEEN_HEARTBEATS = 6000;

export function queueClaimsCases(open: OpenMetadata): void {
  it('runs are claimed in the order they were queued, then none waits', async () => {
    const metadata = await open();
    expect(await metadata.queue.hasWaiting()).toBe(false);
    const [first, second] = [await queuedRun(metadata), await queuedRun(metadata)];
    expect(await metadata.queue.hasWaiting()).toBe(true);
    expect((await claimed(metadata)).run.id).toBe(first.id);
    expect((await claimed(metadata)).run.id).toBe(second.id);
    expect(await metadata.queue.hasWaiting()).toBe(false);
    expect(await metadata.queue.claim(3)).toBeNull();
  });

  it('a claimed run is running, counts the attempt, and is what everybody sees', async () => {
    const metadata = await open();
    const queued = await queuedRun(metadata);
    const { run, lease } = await claimed(metadata);
    expect(lease.runId).toBe(queued.id);
    expect(run).toEqual({
      ...queued,
      status: 'RUNNING',
      phase: 'LOADING',
      attempts: 1,
      startedAt: expect.any(Date) as Date,
    });
    expect(await metadata.connectAgain().runs.byId(run.id)).toEqual(run);
  });

  it('of two trainers on connections of their own only one gets a run', async () => {
    const metadata = await open();
    const other = metadata.connectAgain();
    for (let round = 0; round < 5; round += 1) {
      const { id } = await queuedRun(metadata);
      const claims = await Promise.all([metadata.queue.claim(3), other.queue.claim(3)]);
      expect(claims.filter((claim) => claim !== null).map(({ run }) => run.id)).toEqual([id]);
    }
  });

  it('trainers that work off a queue together claim every run once', async () => {
    const metadata = await open();
    const trainers = [metadata, metadata.connectAgain(), metadata.connectAgain()];
    const ids: number[] = [];
    for (let run = 0; run < 9; run += 1) ids.push((await queuedRun(metadata)).id);
    const work = trainers.map(async ({ queue }) => {
      const mine: number[] = [];
      for (let claim = await queue.claim(3); claim; claim = await queue.claim(3)) {
        mine.push(claim.run.id);
      }
      return mine;
    });
    const all = (await Promise.all(work)).flat();
    expect(all.sort((a, b) => a - b)).toEqual(ids);
  });

  it('a run whose lease ran out is claimed again, and goes on from where it was', async () => {
    const clock = standingClock();
    const metadata = await open();
    await queuedRun(metadata);
    const { run, lease } = await claimed(metadata);
    await metadata.queue.finishEpoch(lease, {
      epoch: 1,
      loss: 2,
      seconds: 1,
      checkpointBlobId: 'c'.repeat(64),
      reconstructions: [],
    });
    clock.pass(ONE_HOUR);
    expect(await metadata.queue.hasWaiting()).toBe(true);
    const again = await claimed(metadata);
    expect(again.run).toMatchObject({ id: run.id, epochsDone: 1, startedAt: run.startedAt });
    expect(again.lease.token).not.toBe(lease.token);
    expect(await metadata.runs.checkpoint(run.id)).toMatchObject({ epoch: 1 });
  });

  it('a run whose trainer died before the clock was set back is claimed again, and cancelled at once', async () => {
    const clock = standingClock();
    const metadata = await open();
    const { id } = await queuedRun(metadata);
    await claimed(metadata);
    expect(await metadata.queue.hasWaiting()).toBe(false);
    clock.pass(-ONE_HOUR);
    expect(await metadata.queue.hasWaiting()).toBe(true);
    const { run } = await claimed(metadata);
    expect(run).toMatchObject({ id, attempts: 2 });
    expect(await metadata.queue.hasWaiting()).toBe(false);
    clock.pass(-ONE_HOUR);
    await metadata.runs.requestCancel(id);
    expect(await metadata.runs.byId(id)).toMatchObject({ status: 'CANCELLED' });
  });

  it('a run whose trainer is heard of is not claimed by another, however long it takes', async () => {
    const clock = standingClock();
    const metadata = await open();
    await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    for (let beat = 0; beat < 5; beat += 1) {
      clock.pass(BETWEEN_HEARTBEATS);
      expect(await metadata.queue.hasWaiting()).toBe(false);
      expect(await metadata.queue.claim(3)).toBeNull();
      await metadata.queue.heartbeat(lease, 'TRAINING', beat / 5);
    }
  });

  it('a run whose trainer is known to be dead is claimed again at once, but no run of another', async () => {
    standingClock();
    const metadata = await open();
    const other = metadata.connectAgain();
    const [first, second] = [await queuedRun(metadata), await queuedRun(metadata)];
    const { lease } = await claimed(metadata);
    const kept = (await claimed(other)).lease;
    await metadata.queue.release(metadata.connectAgain().queue.owner);
    expect(await metadata.queue.hasWaiting()).toBe(false);
    await other.queue.release(metadata.queue.owner);
    const again = await claimed(metadata.connectAgain());
    expect(again.run).toMatchObject({ id: first.id, attempts: 2, status: 'RUNNING' });
    expect(await metadata.queue.hasWaiting()).toBe(false);
    const lost = metadata.queue.heartbeat(lease, 'TRAINING', 0);
    await expect(lost).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await other.queue.heartbeat(kept, 'TRAINING', 0);
    expect(await metadata.runs.byId(second.id)).toMatchObject({ attempts: 1 });
  });

  it('a run that was given back is claimed again at once', async () => {
    const metadata = await open();
    const { id } = await queuedRun(metadata);
    const { lease } = await claimed(metadata);
    await metadata.queue.stop(lease, 'INTERRUPTED', null);
    expect(await metadata.queue.hasWaiting()).toBe(true);
    const again = await claimed(metadata);
    expect(again.run).toMatchObject({ id, attempts: 1, status: 'RUNNING' });
  });

  it.each(['FAILED', 'CANCELLED'] as const)('a %s run is not claimed again', async (status) => {
    const metadata = await open();
    await queuedRun(metadata);
    await metadata.queue.stop((await claimed(metadata)).lease, status, null);
    expect(await metadata.queue.hasWaiting()).toBe(false);
    expect(await metadata.queue.claim(3)).toBeNull();
  });

  it('a run on which trainers keep dying fails, and the next one gets its turn', async () => {
    const clock = standingClock();
    const metadata = await open();
    const [hopeless, next] = [await queuedRun(metadata), await queuedRun(metadata)];
    for (const attempts of [1, 2]) {
      const { run } = (await metadata.queue.claim(2)) ?? { run: null };
      expect(run).toMatchObject({ id: hopeless.id, attempts });
      clock.pass(ONE_HOUR);
    }
    const givenUp: number[] = [];
    const claim = await metadata.queue.claim(2, (runId) => givenUp.push(runId));
    expect(claim?.run.id).toBe(next.id);
    expect(givenUp).toEqual([hopeless.id]);
    expect(await metadata.runs.byId(hopeless.id)).toMatchObject({
      status: 'FAILED',
      failure: { code: 'TRAINER_CRASHED', message: expect.stringContaining('2 times') as string },
      finishedAt: new Date(),
      phase: null,
    });
  });

  it('a run that finishes an epoch between the deaths of its trainers goes on', async () => {
    const clock = standingClock();
    const metadata = await open();
    const { id } = await queuedRun(metadata);
    for (const epoch of [1, 2, 3, 4]) {
      const claim = await metadata.queue.claim(1);
      expect(claim?.run).toMatchObject({ id, attempts: 1, epochsDone: epoch - 1 });
      await metadata.queue.finishEpoch(claim?.lease ?? { runId: 0, token: '' }, {
        epoch,
        loss: 1,
        seconds: 1,
        checkpointBlobId: 'c'.repeat(64),
        reconstructions: [],
      });
      clock.pass(ONE_HOUR);
    }
  });
}
