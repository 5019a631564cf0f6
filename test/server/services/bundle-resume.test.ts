import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inPieces } from '../../contract/bundle-bytes.js';
import {
  exported,
  imported,
  openBundleWorld,
  restarted,
  type BundleWorld,
} from './bundle-world.js';
import { mixedDataset, rawDataset, withModel } from './bundle-dataset.js';

/** A world that was stopped while it imported 1,500 images with their embeddings. */
async function stoppedMidway() {
  const [here, there] = [await openBundleWorld(), await openBundleWorld()];
  const datasetId = await rawDataset(here, 1500);
  await withModel(here, datasetId);
  const bundle = await exported(here, datasetId);
  const pieces = inPieces(bundle);
  const { id: newId } = await there.imports.receive({ name: null, title: null, pieces });
  while ((await there.images.count(newId, {})) === 0) await wait(1);
  await there.imports.close();
  return { here, there, datasetId, newId };
}

it('an import that was stopped goes on at the next start, without duplicates', async () => {
  const { here, there, datasetId, newId } = await stoppedMidway();
  const stopped = await there.datasets.byId(newId);
  expect(stopped).toMatchObject({ status: 'IMPORTING', expectedCount: 1500 });
  expect(stopped?.importedCount).toBeLessThan(1500);
  expect(await there.incoming()).toEqual(['raw.zip']);
  // Killed between the two, images are there and their embeddings are not.
  await there.embeddings.deleteAll(stopped?.activeModelId ?? 0);

  const next = await restarted(there);
  const ended = await next.datasets.byId(newId);
  expect(ended).toMatchObject({ status: 'READY', importedCount: 1500 });
  expect(ended?.activeModelId).toBe(stopped?.activeModelId);
  expect(await next.models.list(newId)).toHaveLength(1);
  const names = async ({ images }: BundleWorld, id: number) =>
    (await images.byIds(await images.ids(id, {}))).map(({ name, blobId }) => [name, blobId]);
  expect(await names(next, newId)).toEqual(await names(here, datasetId));
  const vectors = async ({ images, embeddings, datasets }: BundleWorld, id: number) => {
    const model = (await datasets.byId(id))?.activeModelId ?? 0;
    const found = await embeddings.findMany(model, (await images.ids(id, {})).slice(0, 1499));
    return found.map(({ vector }) => Buffer.from(vector.slice().buffer).toString('hex'));
  };
  expect(await vectors(next, newId)).toEqual(await vectors(here, datasetId));
  expect(await next.datasets.refusals(newId, null, 10)).toEqual([]);
  expect(await next.incoming()).toEqual([]);
});

it('a bundle that was damaged while it waited fails its import, in words', async () => {
  const { there, newId } = await stoppedMidway();
  await truncate(join(there.folder, 'raw.zip'), 100_000);
  const next = await restarted(there);
  const { status, importError } = (await next.datasets.byId(newId)) ?? {};
  expect(status).toBe('FAILED');
  expect(importError).toMatch(/^BUNDLE_INVALID: The file is not a whole Lookalike bundle/);
  expect(await next.incoming()).toEqual([]);
});

it('what a killed server left of transfers is cleared away at the next start', async () => {
  const world = await openBundleWorld();
  const bundle = await exported(world, await mixedDataset(world));
  await world.bundles.receive(inPieces(bundle));
  await world.bundles.keep(await world.bundles.receive(inPieces(bundle)), 'never-created');
  await world.bundles.keep(await world.bundles.receive(inPieces(bundle)), 'mixed');
  expect(await world.incoming()).toHaveLength(3);
  await restarted(world);
  expect(await world.incoming()).toEqual([]);
  expect(await world.datasets.byName('never-created')).toBeNull();
  expect(await world.datasets.byName('mixed')).toMatchObject({ status: 'READY', importedCount: 5 });
});

it('a transfer that breaks off leaves neither file nor dataset', async () => {
  const world = await openBundleWorld();
  const bundle = await exported(world, await mixedDataset(world));
  async function* breaking() {
    yield bundle.subarray(0, 1000);
    throw new Error('connection lost');
  }
  await expect(
    world.imports.receive({ name: 'half', title: null, pieces: breaking() }),
  ).rejects.toThrow('connection lost');
  expect(await world.incoming()).toEqual([]);
  expect(await world.datasets.byName('half')).toBeNull();
});

it('of two that import under one name in the same moment one is told so', async () => {
  const world = await openBundleWorld();
  const bundle = await exported(world, await mixedDataset(world));
  const both = await Promise.allSettled([
    imported(world, bundle, 'twin'),
    imported(world, bundle, 'twin'),
  ]);
  await world.imports.ended();
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'DATASET_NAME_TAKEN' },
  });
  expect(await world.datasets.byName('twin')).toMatchObject({ status: 'READY', importedCount: 5 });
  expect(await world.incoming()).toEqual([]);
});
