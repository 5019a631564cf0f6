import { expect, it } from 'vitest';
import type { OpenMetadata } from './metadata.js';
import { runThatIs } from './rows.js';

export function deletingDatasetCases(open: OpenMetadata): void {
  it('no run of a dataset that is being deleted is queued', async () => {
    const { datasets, runs } = await open();
    const dataset = await datasets.create('own', 'Own');
    const id = dataset?.id ?? 0;
    await datasets.setImportState(id, { status: 'DELETING' });
    const creating = runs.create(id, 'conv-autoencoder', {}, null);
    await expect(creating).rejects.toMatchObject({ code: 'DATASET_NOT_READY' });
    const nowhere = runs.create(id + 1, 'conv-autoencoder', {}, null);
    await expect(nowhere).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
    expect(await runs.list(null)).toEqual([]);
  });

  it.each(['CANCELLED', 'FAILED', 'INTERRUPTED'] as const)(
    'a %s run of a dataset that is being deleted is not put back into the queue',
    async (status) => {
      const metadata = await open();
      const id = await runThatIs(status, metadata);
      const { datasetId = 0 } = (await metadata.runs.byId(id)) ?? {};
      await metadata.datasets.setImportState(datasetId, { status: 'DELETING' });
      expect(await metadata.runs.requeue(id)).toBe(false);
      expect(await metadata.runs.byId(id)).toMatchObject({ status });
    },
  );
}
