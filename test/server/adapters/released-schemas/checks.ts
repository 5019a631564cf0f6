import { expect } from 'vitest';
import type { Metadata } from '../../../contract/metadata/metadata.js';
import { AT, blobId } from './rows.js';

/** What the rows of each schema are through the adapters of today: nothing lost, and sane defaults. */
export const CHECKS: Readonly<Record<string, (tables: Metadata) => Promise<void>>> = {
  '001-initial': async ({ datasets, images, embeddings, models, runs }) => {
    expect(await datasets.byId(1)).toMatchObject({
      ...{ name: 'clothes', title: 'Clothes', status: 'READY', activeModelId: 1 },
      ...{ firstRunQueued: true, createdAt: new Date(AT) },
    });
    const plain = { format: 'RAW', width: 28, height: 28, channels: 1, byteLength: 9 };
    const defaults = { hasAlpha: false, thumbnailBlobId: null };
    expect(await images.byIds([1, 2])).toMatchObject([
      { ...plain, ...defaults, name: 'train/1', blobId: blobId('picture 1'), label: 'Bag' },
      { ...plain, ...defaults, name: 'train/2', label: "it's a shirt", split: 'TEST' },
    ]);
    expect(await embeddings.findMany(1, [1, 2])).toEqual([
      { imageId: 1, vector: Float32Array.from([0.5, -1]), reconstructionError: null },
      { imageId: 2, vector: Float32Array.from([0, 2]), reconstructionError: null },
    ]);
    expect(await models.byId(1)).toMatchObject({
      ...{ datasetId: 1, latentSize: 2, weightsBlobId: blobId('weights 1'), statistics: null },
      input: { width: 28, height: 28, channels: 1, fit: 'CONTAIN', scaling: 'UNIT' },
      evaluation: { queryCount: 0, details: null },
      indexes: [
        { id: 'index-1-TRAIN', efSearch: 77, recallTarget: null, recallCurve: [] },
        { id: 'index-1-TEST' },
      ],
    });
    const idle = { sweepId: null, followsSweep: false, stopReason: null, workedSeconds: 0 };
    expect(await runs.byId(1)).toMatchObject({ ...idle, status: 'SUCCEEDED', modelId: 1 });
    expect(await runs.byId(2)).toMatchObject({ ...idle, status: 'RUNNING', input: null });
    expect(await runs.epochs(1, 0)).toMatchObject([
      { epoch: 1, loss: 0.5, validation: null },
      { epoch: 2, loss: 0.25, seconds: 1.5, finishedAt: new Date(AT + 2) },
    ]);
    expect(await runs.reconstructions(1, null)).toEqual([
      { runId: 1, epoch: 2, imageId: 1, blobId: blobId('redrawn 1') },
    ]);
    expect(await runs.checkpoint(2)).toEqual({
      ...{ runId: 2, epoch: 1, blobId: blobId('checkpoint 2') },
    });
    expect(await runs.bestCheckpoint(2)).toBeNull();
    expect(await runs.log(1, 0)).toMatchObject([{ line: 1, message: 'training on 1 images' }]);
  },
  '002-own-pictures': async ({ datasets, images, embeddings, models, runs }) => {
    expect(await images.byId(3)).toMatchObject({
      ...{ format: 'PNG', hasAlpha: true, thumbnailBlobId: blobId('thumbnail 3') },
      ...{ addedAt: new Date(AT + 3), label: null },
    });
    expect((await images.metadata([3])).get(3)).toEqual([{ key: 'colour', value: 'röd' }]);
    expect(await datasets.refusals(1, null, 9)).toMatchObject([
      { name: 'x.txt', code: 'UPLOAD_NOT_AN_IMAGE', at: new Date(AT) },
    ]);
    expect(await embeddings.states(1, [3, 4])).toEqual(
      new Map([
        [3, { state: 'FAILED', message: 'cannot be read' }],
        [4, { state: 'EMBEDDED', message: null }],
      ]),
    );
    expect(await embeddings.worstRedrawn(1, 0, 9)).toEqual([
      { imageId: 4, reconstructionError: 0.25 },
    ]);
    expect(await runs.byId(3)).toMatchObject({ status: 'QUEUED', input: { width: 16 } });
    expect(await models.byId(4)).toMatchObject({ statistics: { distanceQuantiles: [0, 1] } });
  },
  '003-doomed-blobs': async ({ doomed }) => {
    expect(await doomed.next(9)).toEqual(['d'.repeat(64)]);
  },
  '004-recall-target': async ({ models }) => {
    const [index] = (await models.byId(4))?.indexes ?? [];
    expect(index).toMatchObject({ recallTarget: 0.99, recallCurve: [{ ef: 48 }] });
  },
  '006-model-activations': async ({ activations }) => {
    expect(await activations.list(1)).toMatchObject([
      { modelId: 1, previousModelId: 4, cause: 'HAND', forced: false, at: new Date(AT + 4) },
      { modelId: 4, previousModelId: 1, cause: 'RUN' },
      { modelId: 1, previousModelId: null, cause: 'RUN', at: new Date(AT + 1) },
    ]);
  },
  '007-validation': async ({ runs }) => {
    expect(await runs.epochs(5, 0)).toMatchObject([{ validation: { value: 0.5 } }]);
    expect(await runs.neighbours(5, 1)).toEqual([
      { runId: 5, epoch: 1, imageId: 1, neighbourIds: [4, 3] },
    ]);
    expect((await runs.bestCheckpoint(5))?.blobId).toBe(blobId('best 5'));
  },
  '008-embedding-maps': async ({ maps }) => {
    expect(await maps.find(1, 'PCA')).toMatchObject({
      ...{ status: 'SUCCEEDED', blobId: blobId('map 1'), progress: 1 },
    });
  },
  '009-sweeps': async ({ sweeps }) => {
    expect(await sweeps.byId(1)).toMatchObject({ budgetSeconds: 600, seed: 7, dials: [] });
    expect(await sweeps.runs(1)).toMatchObject([
      { id: 6, followsSweep: true, stopReason: 'LAGGING', workedSeconds: 1.5 },
    ]);
  },
  '011-access': async ({ accessKeys }) => {
    expect(await accessKeys.byHash('hash 2')).toMatchObject({
      key: { id: 2, name: 'shop', role: 'SEARCH', datasetIds: [1], lastUsedAt: new Date(AT) },
    });
    expect(await accessKeys.byHash('hash 1')).toMatchObject({ key: { datasetIds: null } });
  },
  '012-audit': async ({ auditLog }) => {
    expect(await auditLog.list({ caller: 'shop' }, null, 9)).toMatchObject([
      { id: 1, at: new Date(AT), keyId: 2, address: '10.0.0.7', outcome: 'FORBIDDEN' },
    ]);
  },
  '013-run-origin': async ({ runs }) => {
    expect(await runs.byId(7)).toMatchObject({
      origin: { requestId: 'request 7', traceparent: null },
    });
    expect(await runs.byId(1)).toMatchObject({ origin: null });
  },
};

/** That everything which was there at a release is there still. */
export async function checkRelease(release: string, tables: Metadata): Promise<void> {
  for (const [name, check] of Object.entries(CHECKS)) if (name <= release) await check(tables);
}
