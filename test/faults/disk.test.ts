import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { removeDirectory, temporaryDirectory } from '../integration/data-directory.js';
import { ask } from '../integration/graphql-request.js';
import { failToStart } from '../integration/running-server.js';
import { Dice, pause, until } from './dice.js';
import { neighboursOf } from './listing.js';
import { childrenOf } from './processes.js';
import {
  endOfRun,
  expectAsBaseline,
  expectSameFindings,
  findings,
  runFacts,
  startRun,
} from './runs.js';
import { casesOf, IS_WHOLE, SEED } from './settings.js';
import { FaultControl } from './shim/fault-control.js';
import { World } from './world.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('a disk that fails, and a clock that jumps', () => {
  const dice = new Dice(SEED);
  let folder: string;
  let control: FaultControl;
  let world: World;

  beforeAll(async () => {
    folder = await temporaryDirectory();
    const directory = join(folder, 'data');
    control = await FaultControl.create(folder, directory);
    world = await World.create(directory, control.environment, dice);
  });

  afterEach(async () => {
    control.set({});
    // A test that fails before its server is there again is not to fail the others.
    await world.server.fetch('/healthz').catch(() => world.restart());
  });

  afterAll(async () => {
    await world.server.stop('SIGKILL');
    control.close();
    await removeDirectory(folder);
  });

  /** Uploads until one is refused, and tells how. */
  async function refusedUpload(): Promise<string> {
    for (let at = 0; at < 100; at += 1) {
      try {
        await world.client(dice).upload(4);
      } catch (thrown) {
        return String(thrown);
      }
    }
    throw new Error('Nothing was refused.');
  }

  async function expectSearch(): Promise<void> {
    for (const { modelId, found } of world.baselines) {
      expectSameFindings(await findings(world.server, world.queries, modelId), found);
    }
  }

  it('on a full disk says so, keeps what it acknowledged, and answers searches', async () => {
    control.set({ bytesLeft: 300_000 });
    expect(await refusedUpload()).toContain('DISK_FULL');
    const [image] = world.ledger.settled;
    const deleting = ask(world.server, 'mutation ($ids: [ID!]!) { deleteImages(ids: $ids) }', {
      ids: [image?.id],
    });
    await expect(deleting).rejects.toThrow('DISK_FULL');
    await expectSearch();
    control.set({});
    await world.check(dice);
    await world.client(dice).upload(3);
    await world.check(dice);
  });

  it.runIf(IS_WHOLE)('starts on a full disk, or says why not', async () => {
    expect(await world.server.stop()).toBe(0);
    control.set({ bytesLeft: 0 });
    const { code, output } = await failToStart(world.directory, control.environment);
    if (code !== 0) expect(output).toMatch(/DISK_FULL|DATA_DIRECTORY_UNUSABLE/);
    control.set({});
    await world.restart();
    await world.check(dice);
  });

  it('fails a run on a full disk in words, and goes on with it when there is room', async () => {
    const [baseline] = world.baselines;
    if (!baseline) throw new Error('There is no baseline.');
    const id = await startRun(world.server, world.trainedDatasetId, baseline);
    await until('an epoch', async () => (await runFacts(world.server, id)).epochsDone > 0, {
      everyMs: 5,
    });
    control.set({ bytesLeft: 0 });
    await pause(1500);
    await expectSearch();
    control.set({});
    const { status, failure } = await endOfRun(world.server, id);
    if (status === 'FAILED') {
      expect(failure?.code).toBe('DISK_FULL');
      await ask(world.server, 'mutation ($id: ID!) { resumeTraining(runId: $id) { id } }', { id });
    }
    await expectAsBaseline(world.server, id, baseline, world.queries);
  });

  it('does not start in a directory that cannot be written, in words', async () => {
    expect(await world.server.stop()).toBe(0);
    for (const fault of casesOf(['EROFS', 'EACCES'] as const)) {
      control.set({ open: fault, write: fault });
      const { code, output } = await failToStart(world.directory, control.environment);
      expect(code).toBe(1);
      expect(output).toContain('DATA_DIRECTORY_UNUSABLE');
      expect(output).not.toContain('    at ');
    }
    control.set({});
    await world.restart();
  });

  it('answers searches from a directory that has become read-only, and writes nothing', async () => {
    control.set({ open: 'EROFS', write: 'EROFS' });
    expect(await refusedUpload()).toMatch(/DATA_DIRECTORY_UNUSABLE/);
    await expectSearch();
    control.set({});
    await world.check(dice);
  });

  it.each([
    ['writing a file of its own', { write: 'EIO', part: '/blobs/' }],
    ['flushing a file of its own', { sync: 'EIO', part: '/blobs/' }],
    ['writing rows', { write: 'EIO', part: '/metadata' }],
    ['flushing rows', { sync: 'EIO', part: '/metadata' }],
  ] as const)('acknowledges nothing where %s fails', async (_, fault) => {
    control.set(fault);
    expect(await refusedUpload()).toMatch(/INTERNAL|DATA_DIRECTORY_UNUSABLE/);
    control.set({});
    await world.check(dice);
    await world.client(dice).upload(2);
    await world.check(dice);
  });

  it('tells of the one picture that the disk cannot read, and answers all else', async () => {
    const noisy = await largeBlob();
    control.set({ read: 'EIO', part: noisy.sha256 });
    const answer = await world.server.fetch(`/originals/${noisy.id}`);
    expect([answer.status, await answer.text()]).toEqual([
      500,
      expect.stringContaining('BLOB_CORRUPT'),
    ]);
    expect(control.hits).toBeGreaterThan(0);
    await expectSearch();
    control.set({});
    await world.check(dice);
  });

  it('rebuilds indexes that the disk cannot read at the start, to the same answers', async () => {
    expect(await world.server.stop()).toBe(0);
    control.set({ read: 'EIO', part: 'graph.hnsw' });
    await world.restart();
    const [query = ''] = world.queries;
    await expect(neighboursOf(world.server, query)).rejects.toThrow('INDEX_CORRUPT');
    control.set({});
    await until('the index is there again', async () => {
      try {
        await neighboursOf(world.server, query);
        return true;
      } catch (thrown) {
        expect(String(thrown)).toContain('INDEX_CORRUPT');
        return false;
      }
    });
    await expectSearch();
    await world.check(dice);
  });

  const jumps = [
    ['a day back', -DAY],
    ['a year ahead', 365 * DAY],
  ] as const;
  it.each(casesOf(jumps))(
    'trains, searches and writes on when the clock jumps %s',
    async (_, clockOffsetMs) => {
      const [baseline] = world.baselines;
      if (!baseline) throw new Error('There is no baseline.');
      const id = await startRun(world.server, world.trainedDatasetId, baseline);
      await until(
        'it is trained',
        async () => (await runFacts(world.server, id)).status === 'RUNNING',
        {
          everyMs: 5,
        },
      );
      control.set({ clockOffsetMs });
      await world.client(dice).upload(2);
      await expectAsBaseline(world.server, id, baseline, world.queries);
      control.set({});
      await world.check(dice);
    },
  );

  it.runIf(IS_WHOLE)(
    'takes a run up whose trainer died before the clock was set back',
    async () => {
      const [baseline] = world.baselines;
      if (!baseline) throw new Error('There is no baseline.');
      const id = await startRun(world.server, world.trainedDatasetId, baseline);
      await until('an epoch', async () => (await runFacts(world.server, id)).epochsDone > 0, {
        everyMs: 5,
      });
      await world.kill('trainer', dice);
      control.set({ clockOffsetMs: -HOUR });
      await expectAsBaseline(world.server, id, baseline, world.queries);
    },
  );

  it('stops at once when the clock was set back while it trained', async () => {
    const [baseline] = world.baselines;
    if (!baseline) throw new Error('There is no baseline.');
    const hyperparameters = { ...baseline.hyperparameters, epochs: 500 };
    const id = await startRun(world.server, world.trainedDatasetId, {
      ...baseline,
      hyperparameters,
    });
    await until('an epoch', async () => (await runFacts(world.server, id)).epochsDone > 0);
    control.set({ clockOffsetMs: -DAY });
    await ask(world.server, 'mutation ($id: ID!) { cancelTraining(runId: $id) { id } }', { id });
    expect((await endOfRun(world.server, id)).status).toBe('CANCELLED');
    await until('its trainer has ended', () =>
      childrenOf(world.server.pid).every(({ role }) => role !== 'trainer'),
    );
  });

  async function largeBlob() {
    for (;;) {
      for (const image of world.ledger.images.values()) {
        const answer = await world.server.fetch(`/originals/${image.id}`);
        if ((await answer.arrayBuffer()).byteLength > 32 * 1024) return image;
      }
      await world.client(dice).upload(5);
    }
  }
});

it('a data directory that cannot be made is told in words', async () => {
  const folder = await temporaryDirectory();
  const directory = join(folder, 'data');
  const control = await FaultControl.create(folder, directory);
  control.set({ open: 'EACCES' });
  const { code, output } = await failToStart(directory, control.environment);
  expect([code, output]).toEqual([1, expect.stringContaining('DATA_DIRECTORY_UNUSABLE')]);
  control.close();
  await rm(folder, { recursive: true });
});
