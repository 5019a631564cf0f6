import type { Split } from '../../../server/domain/dataset.js';
import type { Estimate, EvaluationDetails } from '../../../server/domain/evaluation.js';
import type { NewImage } from '../../../server/domain/image.js';
import type { Embedding, InputSpec, ModelIndex, NewModel } from '../../../server/domain/model.js';
import type { Lease, RunStatus, TrainingRun } from '../../../server/domain/training-run.js';
import type { Metadata } from './metadata.js';

export function newImage(
  datasetId: number,
  name: string,
  changes: Partial<NewImage> = {},
): NewImage {
  return {
    datasetId,
    name,
    blobId: 'a'.repeat(64),
    format: 'RAW',
    width: 28,
    height: 28,
    channels: 1,
    byteLength: 784,
    label: null,
    split: 'TRAIN',
    thumbnailBlobId: null,
    hasAlpha: false,
    metadata: [],
    ...changes,
  };
}

export const INPUT: InputSpec = {
  width: 28,
  height: 28,
  channels: 1,
  fit: 'CONTAIN',
  background: '#000000',
  scaling: 'UNIT',
};

export function newIndex(id: string, split: Split, size = 10): ModelIndex {
  return {
    id,
    split,
    metric: 'COSINE',
    size,
    m: 16,
    efConstruction: 200,
    efSearch: 64,
    recallTarget: 0.99,
    recallCurve: [
      { ef: 48, recall: 0.981, microseconds: 31.5 },
      { ef: 64, recall: 0.992, microseconds: 40 },
    ],
    buildSeconds: 1.25,
    byteLength: 5_000_000_000,
  };
}

/** About a value. */
export function estimateOf(value: number): Estimate {
  return { value, low: value - 0.01, high: value + 0.01 };
}

export function evaluationDetails(changes: Partial<EvaluationDetails> = {}): EvaluationDetails {
  const scores = {
    precisionAt1: estimateOf(0.85),
    precisionAt10: estimateOf(0.8),
    meanAveragePrecisionAt100: estimateOf(0.7),
    accuracyAt10: estimateOf(0.9),
  };
  const mistakenFor = [
    { label: 'Bag', share: 0.125 },
    { label: null, share: 0.075 },
  ];
  return {
    scores,
    precisionAt10Index: estimateOf(0.79),
    recallAt10: estimateOf(0.99),
    labelCount: 1,
    labels: [{ label: 'Shirt', queryCount: 3, precisionAt10: estimateOf(0.8), mistakenFor }],
    worstQueries: [
      {
        imageId: 12,
        label: 'Shirt',
        precisionAt10: 0.5,
        neighbours: [
          { imageId: 1, label: 'Shirt' },
          { imageId: 2, label: null },
        ],
      },
    ],
    baselines: [{ name: 'pixels', scores }],
    reconstructionError: estimateOf(0.02),
    ownCopies: null,
    ownCopyCount: 0,
    ...changes,
  };
}

export function newModel(id: number, datasetId: number, changes: Partial<NewModel> = {}): NewModel {
  return {
    id,
    datasetId,
    architecture: 'conv-autoencoder',
    hyperparameters: { epochs: 2, learningRate: 0.001 },
    input: INPUT,
    latentSize: 4,
    layers: [
      {
        name: 'conv',
        part: 'ENCODER',
        kind: 'Conv2D',
        outputShape: [28, 28, 16],
        parameterCount: 160,
      },
    ],
    weightsBlobId: 'b'.repeat(64),
    evaluation: {
      queryCount: 3,
      precisionAt10Exact: 0.8,
      precisionAt10Index: 0.79,
      recallQueryCount: 3,
      recallAt10: 0.99,
      testLoss: null,
      details: evaluationDetails(),
    },
    statistics: { distanceQuantiles: [0, 0.25, 1.5], errorQuantiles: [0.001, 0.002] },
    indexes: [newIndex(`train-${id}`, 'TRAIN'), newIndex(`test-${id}`, 'TEST', 3)],
    ...changes,
  };
}

/** The id of a dataset with as many images, and their ids. */
export async function datasetWithImages(
  { datasets, images }: Metadata,
  count: number,
): Promise<{ datasetId: number; imageIds: number[] }> {
  const { id } = await datasets.findOrCreate('pictures', 'Pictures');
  const rows = Array.from({ length: count }, (_, at) => newImage(id, `train/${at}`));
  await images.insertMany(rows);
  return { datasetId: id, imageIds: await images.ids(id, {}) };
}

export async function queuedRun({ runs, datasets }: Metadata): Promise<TrainingRun> {
  const { id } = await datasets.findOrCreate('pictures', 'Pictures');
  return runs.create(id, 'conv-autoencoder', { epochs: 2, seed: 1 }, null);
}

/** Claims the next run, which must be there. */
export async function claimed({ queue }: Metadata): Promise<{ run: TrainingRun; lease: Lease }> {
  const claim = await queue.claim(3);
  if (!claim) throw new Error('No run waits.');
  return claim;
}

export function embeddingOf(
  imageId: number,
  numbers: readonly number[],
  reconstructionError: number | null = null,
): Embedding {
  return { imageId, vector: Float32Array.from(numbers), reconstructionError };
}

/** A run that succeeded, and so a model that is active. @returns the id of both */
export async function trainedModel(
  metadata: Metadata,
  changes: Partial<NewModel> = {},
): Promise<number> {
  await queuedRun(metadata);
  const { run, lease } = await claimed(metadata);
  await metadata.queue.succeed(lease, newModel(run.id, run.datasetId, changes));
  return run.id;
}

/** A run that has come to the status. @returns its id */
export async function runThatIs(status: RunStatus, metadata: Metadata): Promise<number> {
  const { id, datasetId } = await queuedRun(metadata);
  if (status === 'QUEUED') return id;
  const { lease } = await claimed(metadata);
  if (status === 'SUCCEEDED') await metadata.queue.succeed(lease, newModel(id, datasetId));
  else if (status === 'FAILED') {
    await metadata.queue.stop(lease, status, { code: 'INTERNAL', message: 'broken' });
  } else if (status !== 'RUNNING') await metadata.queue.stop(lease, status, null);
  return id;
}
