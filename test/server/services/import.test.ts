import { hash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { LookalikeError } from '../../../server/domain/errors.js';
import type { Images } from '../../../server/ports/images.js';
import type { DatasetSource } from '../../../server/ports/dataset-source.js';
import { ImportService } from '../../../server/services/import.service.js';
import { Leftovers } from '../../../server/services/leftovers.js';
import { WriteQueue } from '../../../server/services/write-queue.js';
import { ImageList, NoFiles, sourceImage } from './image-list.js';
import { openStores, type Stores } from './stores.js';

function importsOn(
  { datasets, images, blobs, doomed, embeddings, waiting }: Stores,
  writes = new WriteQueue(),
): ImportService {
  const leftovers = new Leftovers(doomed, blobs, embeddings, writes);
  return new ImportService(datasets, images, blobs, leftovers, writes, waiting);
}

async function importAll(stores: Stores, source: DatasetSource) {
  const { dataset, ended } = await importsOn(stores).start(source);
  await ended;
  return stores.datasets.byId(dataset.id);
}

/** What the dataset holds: names in order, and whether every blob is that of its name. */
async function contentOf({ images, blobs }: Stores, datasetId: number) {
  const all = await images.byIds(await images.ids(datasetId, {}));
  for (const image of all) {
    const { bytes, ...original } = sourceImage(Number(image.name.slice(2)));
    expect(image).toMatchObject({ ...original, byteLength: 4 });
    expect([...(await blobs.get(image.blobId))]).toEqual([...bytes]);
  }
  return all.map(({ name }) => name);
}

const namesUpTo = (count: number) => Array.from({ length: count }, (_, at) => `n/${at}`);

it('every image of a source is there afterwards, with its bytes, in order', async () => {
  const stores = await openStores();
  const dataset = await importAll(stores, new ImageList(47));
  expect(dataset).toMatchObject({
    name: 'numbers',
    title: 'Numbers',
    status: 'READY',
    importedCount: 47,
    expectedCount: 47,
    importError: null,
  });
  expect(await contentOf(stores, dataset?.id ?? 0)).toEqual(namesUpTo(47));
});

it('the dataset is told at once, and its row tells how far the import is', async () => {
  const stores = await openStores();
  const told: { imported: number; expected: number }[] = [];
  const source = new ImageList(55, async () => {
    const { importedCount, expectedCount } = (await stores.datasets.byName('numbers')) ?? {};
    told.push({ imported: importedCount ?? -1, expected: expectedCount ?? -1 });
  });
  const { dataset, ended } = await importsOn(stores).start(source);
  expect(dataset).toMatchObject({ status: 'IMPORTING', importedCount: 0 });
  await ended;
  expect(told).toHaveLength(6);
  // While a batch is fetched, the three before may be on their way.
  told.forEach(({ imported, expected }, batch) => {
    expect(expected).toBe(55);
    expect(imported).toBeLessThanOrEqual(batch * 10);
    expect(imported).toBeGreaterThanOrEqual(Math.max(0, batch - 3) * 10);
  });
});

it('a source without images makes an empty dataset', async () => {
  const stores = await openStores();
  const dataset = await importAll(stores, new ImageList(0));
  expect(dataset).toMatchObject({ status: 'READY', importedCount: 0, expectedCount: 0 });
});

it('an import that was cut off goes on where it was, without duplicates', async () => {
  const stores = await openStores();
  const never = new Promise<void>(() => undefined);
  const hanging = new ImageList(40, (number) => (number < 20 ? Promise.resolve() : never));
  const { dataset } = await importsOn(stores).start(hanging);
  while ((await stores.datasets.byId(dataset.id))?.importedCount !== 20) await wait(5);

  // The process ends here; the next one has services of its own.
  const again = await importAll(stores, new ImageList(40));
  expect(again).toMatchObject({ id: dataset.id, status: 'READY', importedCount: 40 });
  expect(await contentOf(stores, dataset.id)).toEqual(namesUpTo(40));
});

it.each([
  ['damaged', new LookalikeError('IDX_CORRUPT', 'cut short'), 'IDX_CORRUPT: cut short'],
  ['broken', new Error('disk on fire'), 'INTERNAL: disk on fire'],
])('a source that turns out %s fails the import, which can be repeated', async (_, error, told) => {
  const stores = await openStores();
  const broken = new ImageList(30, (number) =>
    number < 20 ? Promise.resolve() : Promise.reject(error),
  );
  const failed = await importAll(stores, broken);
  expect(failed).toMatchObject({ status: 'FAILED', importError: told, importedCount: 20 });
  const repaired = await importAll(stores, new ImageList(30));
  expect(repaired).toMatchObject({ status: 'READY', importError: null, importedCount: 30 });
  expect(await contentOf(stores, repaired?.id ?? 0)).toEqual(namesUpTo(30));
});

it('a source without files fails the import', async () => {
  const dataset = await importAll(await openStores(), new NoFiles(3));
  expect(dataset).toMatchObject({
    status: 'FAILED',
    importError: 'SOURCE_FILES_MISSING: numbers.gz cannot be read.',
    importedCount: 0,
  });
});

it('nothing is added of a source that turns out to be damaged', async () => {
  const stores = await openStores();
  const source = new ImageList(47, undefined, async () => {
    await wait(50);
    throw new LookalikeError('IDX_CORRUPT', 'numbers.gz is damaged.');
  });
  const dataset = await importAll(stores, source);
  expect(dataset).toMatchObject({
    status: 'FAILED',
    importError: 'IDX_CORRUPT: numbers.gz is damaged.',
    importedCount: 0,
  });
  expect(await contentOf(stores, dataset?.id ?? 0)).toEqual([]);
  expect(source.closed).toBe(1);
  for (let number = 0; number < 47; number += 1) {
    const blobId = hash('sha256', sourceImage(number).bytes, 'hex');
    await expect(stores.blobs.get(blobId)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  }
});

it('images behind some that could not be written come in order when it is repeated', async () => {
  const stores = await openStores();
  let refusals = 1;
  const importMany: Images['importMany'] = async (rows) => {
    if (rows[0]?.name === 'n/20' && refusals-- > 0) throw new Error('database is locked');
    await stores.images.importMany(rows);
  };
  const images = Object.create(stores.images, { importMany: { value: importMany } }) as Images;
  const broken = await importAll({ ...stores, images }, new ImageList(60));
  expect(broken).toMatchObject({ status: 'FAILED', importError: /locked/ });
  const repaired = await importAll({ ...stores, images }, new ImageList(60));
  expect(repaired).toMatchObject({ status: 'READY', importedCount: 60 });
  expect(await contentOf(stores, repaired?.id ?? 0)).toEqual(namesUpTo(60));
});

it('a dataset that is ready is not imported again', async () => {
  const stores = await openStores();
  await importAll(stores, new ImageList(10));
  const source = new ImageList(10);
  const dataset = await importAll(stores, source);
  expect(dataset).toMatchObject({ status: 'READY', importedCount: 10 });
  expect(source.opened).toBe(0);
});

it('an import that is asked for while it runs is the one that runs', async () => {
  const stores = await openStores();
  const imports = importsOn(stores);
  const source = new ImageList(30);
  const first = await imports.start(source);
  const second = await imports.start(source);
  expect(second.dataset).toMatchObject({ id: first.dataset.id, status: 'IMPORTING' });
  await second.ended;
  expect(await stores.datasets.byId(first.dataset.id)).toMatchObject({ status: 'READY' });
  expect(source.opened).toBe(1);
});

it('two that ask for an import in the same moment get one import', async () => {
  const stores = await openStores();
  const imports = importsOn(stores);
  const source = new ImageList(30);
  const both = await Promise.all([imports.start(source), imports.start(source)]);
  await Promise.all(both.map(({ ended }) => ended));
  expect(source.opened).toBe(1);
  expect(await stores.datasets.list()).toHaveLength(1);
});

it('a dataset that is being deleted is not imported into', async () => {
  const stores = await openStores();
  const dataset = await importAll(stores, new ImageList(3));
  await stores.datasets.setImportState(dataset?.id ?? 0, { status: 'DELETING' });
  await expect(importsOn(stores).start(new ImageList(3))).rejects.toMatchObject({
    code: 'DATASET_NOT_READY',
  });
});

it('whoever wants to write while an import runs is let in between two batches', async () => {
  const stores = await openStores();
  const writes = new WriteQueue();
  const { ended } = await importsOn(stores, writes).start(new ImageList(100));
  const counts: (number | undefined)[] = [];
  for (let guests = 0; guests < 3; guests += 1) {
    await writes.inTurn(async () => {
      const { id = 0, importedCount } = (await stores.datasets.byName('numbers')) ?? {};
      counts.push(importedCount);
      // Nothing of the import is on its way meanwhile.
      for (let turns = 0; turns < 5; turns += 1) await wait(1);
      expect(await stores.images.count(id, {})).toBe(importedCount);
    });
  }
  await ended;
  expect(counts.at(-1)).toBeLessThan(100);
  expect(await stores.datasets.byName('numbers')).toMatchObject({ status: 'READY' });
});

it('nobody has to wait for a source that is slow', async () => {
  const stores = await openStores();
  const writes = new WriteQueue();
  const never = new Promise<void>(() => undefined);
  const source = new ImageList(20, (number) => (number < 10 ? Promise.resolve() : never));
  await importsOn(stores, writes).start(source);
  while ((await stores.datasets.byName('numbers'))?.importedCount !== 10) await wait(5);
  expect(await writes.inTurn(() => Promise.resolve('a turn'))).toBe('a turn');
});
