import { expect, it } from 'vitest';
import type { OpenMetadata } from './metadata.js';
import { newImage } from './rows.js';

export function datasetsCases(open: OpenMetadata): void {
  it('it is untouched until a dataset is created, and not again when that is deleted', async () => {
    const { datasets } = await open();
    expect(await datasets.isUntouched()).toBe(true);
    const created = await datasets.create('shoes', 'Shoes');
    expect(await datasets.isUntouched()).toBe(false);
    await datasets.delete(created?.id ?? 0);
    expect(await datasets.list()).toEqual([]);
    expect(await datasets.isUntouched()).toBe(false);
  });

  it('a new dataset is being imported, is empty and has no model', async () => {
    const { datasets } = await open();
    const created = await datasets.findOrCreate('fashion-mnist', 'Fashion-MNIST');
    expect(created).toMatchObject({
      name: 'fashion-mnist',
      title: 'Fashion-MNIST',
      status: 'IMPORTING',
      importedCount: 0,
      expectedCount: 0,
      importError: null,
      activeModelId: null,
    });
    expect(created.createdAt).toBeInstanceOf(Date);
    expect(await datasets.byId(created.id)).toEqual(created);
    expect(await datasets.byName('fashion-mnist')).toEqual(created);
  });

  it('a dataset that is created is ready and empty', async () => {
    const metadata = await open();
    const created = await metadata.datasets.create('shoes', 'Shoes');
    expect(created).toMatchObject({
      name: 'shoes',
      title: 'Shoes',
      status: 'READY',
      importedCount: 0,
      expectedCount: 0,
      importError: null,
      activeModelId: null,
      firstRunQueued: false,
    });
    expect(await metadata.connectAgain().datasets.list()).toEqual([created]);
  });

  it('a name that is taken is not created again', async () => {
    const { datasets } = await open();
    const first = await datasets.create('shoes', 'Shoes');
    expect(await datasets.create('shoes', 'Other shoes')).toBeNull();
    expect(await datasets.list()).toEqual([first]);
  });

  it('asking twice for a name gives the same dataset, as it was first made', async () => {
    const metadata = await open();
    const first = await metadata.datasets.findOrCreate('shoes', 'Shoes');
    await metadata.datasets.setImportState(first.id, { status: 'READY', importedCount: 7 });
    const second = await metadata.connectAgain().datasets.findOrCreate('shoes', 'Another title');
    expect(second).toEqual({ ...first, status: 'READY', importedCount: 7 });
    expect(await metadata.datasets.list()).toEqual([second]);
  });

  it('datasets are listed in the order they were made', async () => {
    const { datasets } = await open();
    for (const name of ['b', 'c', 'a']) await datasets.findOrCreate(name, name);
    expect((await datasets.list()).map(({ name }) => name)).toEqual(['b', 'c', 'a']);
  });

  it('an unknown dataset is null', async () => {
    const { datasets } = await open();
    expect(await datasets.byId(99)).toBeNull();
    expect(await datasets.byName('nowhere')).toBeNull();
  });

  it('that the first run was queued is remembered', async () => {
    const { datasets } = await open();
    const { id, firstRunQueued } = await datasets.findOrCreate('shoes', 'Shoes');
    expect(firstRunQueued).toBe(false);
    await datasets.setFirstRunQueued(id);
    expect((await datasets.byId(id))?.firstRunQueued).toBe(true);
  });

  it('only what is named changes in the state of an import', async () => {
    const { datasets } = await open();
    const { id } = await datasets.findOrCreate('shoes', 'Shoes');
    const other = await datasets.findOrCreate('hats', 'Hats');
    await datasets.setImportState(id, { expectedCount: 10, importedCount: 4 });
    await datasets.setImportState(id, { status: 'FAILED', importError: 'no files' });
    expect(await datasets.byId(id)).toMatchObject({
      status: 'FAILED',
      importError: 'no files',
      expectedCount: 10,
      importedCount: 4,
    });
    await datasets.setImportState(id, { status: 'IMPORTING', importError: null });
    expect(await datasets.byId(id)).toMatchObject({ status: 'IMPORTING', importError: null });
    expect(await datasets.byId(other.id)).toEqual(other);
  });

  it('an import state that says nothing changes nothing', async () => {
    const { datasets } = await open();
    const dataset = await datasets.findOrCreate('shoes', 'Shoes');
    await datasets.setImportState(dataset.id, {});
    expect(await datasets.byId(dataset.id)).toEqual(dataset);
  });

  it('labels are counted by split, the training images first', async () => {
    const { datasets, images } = await open();
    const { id } = await datasets.findOrCreate('shoes', 'Shoes');
    const other = await datasets.findOrCreate('hats', 'Hats');
    await images.insertMany([
      newImage(id, 'test/0', { split: 'TEST', label: 'Boot' }),
      newImage(id, 'train/0', { label: 'Sandal' }),
      newImage(id, 'train/1', { label: 'Boot' }),
      newImage(id, 'train/2', { label: 'Sandal' }),
      newImage(id, 'train/3'),
      newImage(other.id, 'train/0', { label: 'Sandal' }),
    ]);
    expect(await datasets.labelCounts(id)).toEqual([
      { split: 'TRAIN', label: null, count: 1 },
      { split: 'TRAIN', label: 'Boot', count: 1 },
      { split: 'TRAIN', label: 'Sandal', count: 2 },
      { split: 'TEST', label: 'Boot', count: 1 },
    ]);
  });
}
