import { describe, expect, it, vi } from 'vitest';
import { DuplicateService } from '../../../server/services/duplicate.service.js';
import type { DuplicateScan } from '../../../server/services/duplicate-scan.js';
import { newImage } from '../../contract/metadata/rows.js';
import { direction, modelWith, removedFrom, searchOver } from './search-world.js';

const ALL = { kind: null, offset: 0, limit: 100 };

/** How far apart two directions are that differ by some degrees. */
const apart = (degrees: number) => 1 - Math.cos((degrees * Math.PI) / 180);

/**
 * 200 images two degrees of a circle apart, in groups by their hundredths: `name/DEGREES/BYTES`. Those
 * of the same BYTES share a blob.
 */
async function scanned(extra: readonly string[], withModel = true) {
  const world = await searchOver([], []);
  const alone = Array.from({ length: 170 }, (_, at) => `alone/${at * 2}/alone ${at}`);
  await world.stores.images.insertMany(
    [...alone, ...extra].map((name, at) =>
      newImage(world.datasetId, `${name}#${at}`, {
        blobId: name.split('/')[2]?.padEnd(64, '-') ?? '',
        split: at % 3 === 0 ? 'TEST' : 'TRAIN',
      }),
    ),
  );
  const { stores, datasetId, models, live } = world;
  if (withModel) {
    const all = await stores.images.byIds(await stores.images.ids(datasetId, {}));
    const embeddings = all.map(({ id: imageId, name }) => ({
      ...{ imageId, vector: direction(Number(name.split('/')[1])), reconstructionError: null },
    }));
    await modelWith(stores, () => Promise.resolve(embeddings), { latentSize: 2 });
  }
  const service = new DuplicateService(stores.datasets, models, stores.images, live);
  const ended = (scan: DuplicateScan) =>
    vi.waitFor(() => expect(scan.status).not.toBe('RUNNING'), { timeout: 30_000 });
  const groups = async (scan: DuplicateScan, window: Partial<typeof ALL> = {}) =>
    (await service.groups(scan, { ...ALL, ...window })).map(({ kind, images }) => [
      kind,
      ...images.map(({ name }) => name.split('#')[0]),
    ]);
  return { ...world, service, ended, groups };
}

const EXTRA = [
  'a/341/x',
  'b/341.3/y',
  'c/341.6/z',
  'd/350/same',
  'e/350/same',
  'f/355/p',
  'g/355.2/p',
];

describe('duplicates', () => {
  it('are found: exact ones by their bytes, near ones in either split, each group once', async () => {
    const { service, datasetId, ended, groups } = await scanned(EXTRA);
    const scan = await service.start(datasetId, apart(0.4));
    expect(scan.status).toBe('RUNNING');
    await ended(scan);
    expect(scan).toMatchObject({ status: 'DONE', failure: null, done: 177, total: 177 });
    expect(await groups(scan)).toEqual([
      ['NEAR', 'a/341/x', 'b/341.3/y', 'c/341.6/z'],
      ['EXACT', 'd/350/same', 'e/350/same'],
      ['EXACT', 'f/355/p', 'g/355.2/p'],
    ]);
    expect(scan.indexes.map(({ split }) => split)).toEqual(['TRAIN', 'TEST']);
    const [chain] = await service.groups(scan, ALL);
    expect(chain?.distance).toBeCloseTo(apart(0.3), 6);
    expect(service.latest(datasetId)).toBe(scan);
  });

  it('are more the farther apart they may be', async () => {
    const { service, datasetId, ended, groups } = await scanned(EXTRA);
    const scan = await service.start(datasetId, apart(3.05));
    await ended(scan);
    const [largest] = await groups(scan, { kind: null });
    expect(largest).toHaveLength(1 + 170 + 3);
    expect(await service.groupCount(scan, 'EXACT')).toBe(2);
  });

  it('are all found where there are more of one picture than are looked at first', async () => {
    const many = Array.from({ length: 150 }, (_, at) => `many/345/m${at}`);
    const { service, datasetId, ended, groups } = await scanned(many);
    const scan = await service.start(datasetId, 0);
    await ended(scan);
    expect((await groups(scan)).map(({ length }) => length)).toEqual([151]);
  });

  it('are given page by page', async () => {
    const { service, datasetId, ended, groups } = await scanned(EXTRA);
    const scan = await service.start(datasetId, apart(0.4));
    await ended(scan);
    const pages = [await groups(scan, { limit: 2 }), await groups(scan, { offset: 2, limit: 2 })];
    expect(pages.flat()).toEqual(await groups(scan));
    expect(await service.groupCount(scan, null)).toBe(3);
  });

  it('are left out once they are deleted, and groups of one with them', async () => {
    const world = await scanned(EXTRA);
    const { service, datasetId, ended, groups, stores } = world;
    const scan = await service.start(datasetId, apart(0.4));
    await ended(scan);
    const ids = await stores.images.ids(datasetId, {});
    await removedFrom(world, [ids[171] ?? 0, ids[173] ?? 0]);
    expect(await groups(scan)).toEqual([
      ['NEAR', 'a/341/x', 'c/341.6/z'],
      ['EXACT', 'f/355/p', 'g/355.2/p'],
    ]);
    expect(await service.groupCount(scan, 'EXACT')).toBe(1);
  });

  it('are exact ones alone without a model', async () => {
    const { service, datasetId, ended, groups } = await scanned(EXTRA, false);
    const scan = await service.start(datasetId, 0.1);
    await ended(scan);
    expect(scan).toMatchObject({ status: 'DONE', maxDistance: null, model: null, done: 177 });
    expect(scan.indexes).toEqual([]);
    expect((await groups(scan)).map(([kind]) => kind)).toEqual(['EXACT', 'EXACT']);
  });
});

describe('a scan', () => {
  it('goes on alone: another one is not started beside it, but after it', async () => {
    const { service, datasetId, ended } = await scanned(EXTRA);
    const [scan, other] = await Promise.all([
      service.start(datasetId, null),
      service.start(datasetId, 0.1),
    ]);
    expect(other).toBe(scan);
    await ended(scan);
    expect(await service.start(datasetId, 0.1)).not.toBe(scan);
  });

  it('is stopped, and keeps what it had found', async () => {
    const many = Array.from({ length: 500 }, (_, at) => `many/345/m${at}`);
    const { service, datasetId, groups } = await scanned([...EXTRA, ...many]);
    const scan = await service.start(datasetId, apart(0.4));
    while (scan.total === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(service.cancel(datasetId)).toBe(scan);
    const { done, finishedAt } = scan;
    expect(scan.status).toBe('CANCELLED');
    expect(done).toBeLessThan(677);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(scan).toMatchObject({ status: 'CANCELLED', done, finishedAt });
    expect((await groups(scan, {})).filter(([kind]) => kind === 'EXACT')).toHaveLength(2);
  });

  it('breaks off in words where the index is damaged, and works again soon', async () => {
    const { service, datasetId, ended, stores } = await scanned(EXTRA);
    for (const id of await stores.indexes.list()) await stores.indexes.delete(id);
    const scan = await service.start(datasetId, null);
    await ended(scan);
    expect(scan.status).toBe('FAILED');
    expect(scan.failure).toContain('rebuilt');
    expect(await service.groupCount(scan, 'EXACT')).toBe(2);
    const isMended = async () => {
      const another = await service.start(datasetId, null);
      await ended(another);
      expect(another.status).toBe('DONE');
    };
    await vi.waitFor(isMended, { timeout: 20_000 });
  });

  it('takes the distance from the model where none is given', async () => {
    const { service, datasetId, ended } = await scanned(EXTRA);
    const scan = await service.start(datasetId, null);
    expect(scan.maxDistance).toBeGreaterThan(0);
    expect(scan.maxDistance).toBeLessThanOrEqual(0.01);
    await ended(scan);
  });

  it('is forgotten with its dataset, when the next one starts', async () => {
    const { service, datasetId, ended, stores } = await scanned(EXTRA, false);
    const scan = await service.start(datasetId, null);
    await ended(scan);
    const { id: other } = await stores.datasets.findOrCreate('others', 'Others');
    await service.start(other, null);
    expect(service.latest(datasetId)).toBe(scan);
    await stores.images.deleteMany(await stores.images.ids(datasetId, {}));
    await stores.datasets.delete(datasetId);
    await service.start(other, null);
    expect(service.latest(datasetId)).toBeNull();
  });

  it.each([-0.1, 0.51, Number.NaN])('is refused with the distance %d', async (distance) => {
    const { service, datasetId } = await scanned([], false);
    await expect(service.start(datasetId, distance)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });

  it('is refused for an unknown dataset, and not there to stop where there was none', async () => {
    const { service, datasetId } = await scanned([], false);
    await expect(service.start(4711, null)).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
    expect(service.latest(datasetId)).toBeNull();
    expect(() => service.cancel(datasetId)).toThrow(
      expect.objectContaining({ code: 'SCAN_NOT_FOUND' }),
    );
  });
});
