import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FashionMnistService } from '../../../server/services/fashion-mnist.service.js';
import { inPieces } from '../../contract/bundle-bytes.js';
import { rawDataset } from './bundle-dataset.js';
import { exported, openBundleWorld, startServices, type BundleWorld } from './bundle-world.js';
import { ImageList } from './image-list.js';
import { trainingServiceOn } from './stores.js';

async function rawBundle(count: number): Promise<Buffer> {
  const here = await openBundleWorld();
  return exported(here, await rawDataset(here, count));
}

async function prefixesOf({ images }: BundleWorld, datasetId: number): Promise<string[]> {
  const names = await images.names(datasetId);
  return [...new Set([...names].map((name) => name.split('/')[0] ?? ''))];
}

it('a bundle of the name of the built-in dataset is not taken for that after a restart', async () => {
  const there = await openBundleWorld();
  const pieces = inPieces(await rawBundle(700));
  const { id } = await there.imports.receive({ name: 'numbers', title: null, pieces });
  while ((await there.images.count(id, {})) === 0) await wait(1);
  await there.imports.close();
  expect(await there.datasets.byId(id)).toMatchObject({ status: 'IMPORTING' });

  const next = { ...there, ...startServices(there, there.folder) };
  const source = new ImageList(30);
  const builtIn = new FashionMnistService(
    ...([source, there.datasets, next.sourceImports, await trainingServiceOn(there)] as const),
    there.log,
  );
  await builtIn.begin('empty');
  await expect(builtIn.import()).rejects.toMatchObject({ code: 'DATASET_BUSY' });
  await next.imports.resume();
  await next.imports.ended();
  expect(source.opened).toBe(0);
  expect(await there.datasets.byId(id)).toMatchObject({ status: 'READY', importedCount: 700 });
  expect(await prefixesOf(next, id)).toEqual(['raw']);
  // Imported to its end, it is a dataset like any other.
  expect(await builtIn.import()).toMatchObject({ id, status: 'READY' });
});

it.each([0, 1, 2, 3, 4, 5, 6])(
  'a bundle and the built-in dataset never share one dataset (%i ticks apart)',
  async (ticks) => {
    const world = await openBundleWorld();
    const pieces = inPieces(await rawBundle(20));
    const received = world.imports.receive({ name: 'numbers', title: null, pieces });
    received.catch(() => undefined);
    while ((await world.incoming()).length === 0) await wait(1);
    for (let tick = 0; tick < ticks; tick += 1) await wait(2);
    const started = world.sourceImports.start(new ImageList(30));
    const [bundle, builtIn] = await Promise.allSettled([received, started]);
    await world.imports.ended();
    if (builtIn.status === 'fulfilled') await builtIn.value.ended;
    const dataset = await world.datasets.byName('numbers');
    expect(dataset?.status).toBe('READY');
    const prefix = bundle.status === 'fulfilled' ? 'raw' : 'n';
    expect(await prefixesOf(world, dataset?.id ?? 0)).toEqual([prefix]);
  },
);
