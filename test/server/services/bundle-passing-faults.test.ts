import { expect, it } from 'vitest';
import { LookalikeError } from '../../../server/domain/errors.js';
import { mixedDataset, rawDataset, withModel } from './bundle-dataset.js';
import {
  exported,
  imported,
  openBundleWorld,
  restarted,
  startServices,
  type BundleWorld,
} from './bundle-world.js';

/** The same object but for one method. */
function changed<T extends object>(object: T, changes: Partial<T>): T {
  return Object.assign(Object.create(object) as T, changes);
}

/** A world whose import met a disk that was full after some images. */
async function onFullDisk() {
  const [here, there] = [await openBundleWorld(), await openBundleWorld()];
  const bundle = await exported(here, await rawDataset(here, 200));
  let puts = 0;
  const blobs = changed(there.blobs, {
    putMany: (bytes) => {
      puts += 1;
      if (puts < 4) return there.blobs.putMany(bytes);
      const message = 'ENOSPC: no space left on device, write';
      return Promise.reject(Object.assign(new Error(message), { code: 'ENOSPC' }));
    },
  });
  const full = { ...there, ...startServices({ ...there, blobs }, there.folder) };
  return { there, newId: await imported(full, bundle) };
}

async function gone({ datasets }: BundleWorld, id: number) {
  while (await datasets.byId(id)) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('an import that a full disk ended says so, and goes on at the next start', async () => {
  const { there, newId } = await onFullDisk();
  const failed = await there.datasets.byId(newId);
  expect(failed?.status).toBe('FAILED');
  expect(failed?.importError).toMatch(/^DISK_FULL: .* goes on at the next start/);
  expect(failed?.importedCount).toBeLessThan(200);
  expect(await there.incoming()).toEqual(['raw.zip']);

  const next = await restarted(there);
  expect(await next.datasets.byId(newId)).toMatchObject({
    ...{ status: 'READY', importedCount: 200, importError: null },
  });
  expect(await next.datasets.refusals(newId, null, 10)).toEqual([]);
  expect(await next.incoming()).toEqual([]);
});

it('a dataset that its bundle failed on can be deleted, and the bundle goes with it', async () => {
  const { there, newId } = await onFullDisk();
  await there.deletion.delete(newId);
  await gone(there, newId);
  await there.deletion.close();
  expect(await there.incoming()).toEqual([]);
  await (await restarted(there)).imports.ended();
  expect(await there.datasets.list()).toEqual([]);
});

it.each([
  new LookalikeError('EMBEDDER_TIMEOUT'),
  new LookalikeError('EMBEDDER_CRASHED'),
  new Error('EIO: i/o error, read'),
])('a model that could not be tried (%s) is not given up', async (fault) => {
  const [here, there] = [await openBundleWorld(), await openBundleWorld()];
  const datasetId = await mixedDataset(here);
  await withModel(here, datasetId);
  const bundle = await exported(here, datasetId);
  const services = startServices(there, there.folder, (bulk) =>
    changed(bulk, { examine: () => Promise.reject(fault) }),
  );
  const newId = await imported({ ...there, ...services }, bundle);
  const failed = await there.datasets.byId(newId);
  expect(failed?.status).toBe('FAILED');
  expect(failed?.importError).toMatch(/^(EMBEDDER_\w+|INTERNAL): .*\. The import goes on at the/);
  const next = await restarted(there);
  const dataset = await next.datasets.byId(newId);
  expect(dataset).toMatchObject({ status: 'READY', importedCount: 5, importError: null });
  expect(dataset?.activeModelId).not.toBeNull();
  expect(await next.incoming()).toEqual([]);
});

it.each(['setImportState', 'findOrCreate'] as const)(
  'a dataset whose row could not be written whole (%s) is not IMPORTING for ever',
  async (method) => {
    const [here, there] = [await openBundleWorld(), await openBundleWorld()];
    const bundle = await exported(here, await rawDataset(here, 20));
    let faults = 0;
    const datasets = changed(there.datasets, {
      [method]: async (...args: [never, never]) => {
        await (method === 'findOrCreate' ? there.datasets[method](...args) : undefined);
        faults += 1;
        if (faults === 1) throw new Error('SQLITE_IOERR: disk I/O error');
        return there.datasets[method](...args);
      },
    });
    const services = startServices({ ...there, datasets }, there.folder);
    const newId = await imported({ ...there, ...services }, bundle);
    expect(faults).toBeGreaterThan(0);
    expect(await there.datasets.byId(newId)).toMatchObject({ status: 'READY', importedCount: 20 });
    expect(await there.incoming()).toEqual([]);
  },
);
