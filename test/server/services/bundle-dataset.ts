import sharp from 'sharp';
import { completeHyperparameters } from '../../../server/domain/architecture.js';
import { convAutoencoder } from '../../../server/domain/architectures/conv-autoencoder.js';
import { inBatches } from '../../../server/domain/batches.js';
import type { Split } from '../../../server/domain/dataset.js';
import type { MetadataEntry, PictureFacts } from '../../../server/domain/image.js';
import type { Model } from '../../../server/domain/model.js';
import { seededRandom } from '../../../server/domain/random.js';
import type { ValidationScore } from '../../../server/domain/validation.js';
import { createNetworks } from '../../../server/ml/networks.js';
import type { NewFile } from '../../../server/services/image-writer.js';
import { INPUT, newModel } from '../../contract/metadata/rows.js';
import type { BundleWorld } from './bundle-world.js';

const RAW: PictureFacts = { format: 'RAW', width: 28, height: 28, channels: 1, hasAlpha: false };
const SCORE: ValidationScore = {
  measure: 'PRECISION_AT_10',
  value: 0.8125,
  queryCount: 5,
  baseCount: 90,
  seenInTraining: false,
};
const RED = { r: 200, g: 30, b: 40 };

/** Raw pictures and files of two formats, two of them with the same bytes. */
export async function mixedDataset({ datasets, writer }: BundleWorld): Promise<number> {
  const dataset = await datasets.create('mixed', 'Mixed pictures');
  const size = { width: 300, height: 200 };
  const jpeg = await sharp({ create: { ...size, channels: 3, background: RED } })
    .jpeg()
    .toBuffer();
  const png = await sharp({ create: { ...size, channels: 4, background: { ...RED, alpha: 0.5 } } })
    .png()
    .toBuffer();
  const said = [
    { key: 'photographer', value: 'Ada “Countess” Lovelace' },
    { key: '__proto__', value: '\t \n \u{1f600}' },
  ];
  await writer.add(dataset?.id ?? 0, [
    rawFile(1, 'TRAIN', '7', [{ key: 'day', value: 'Monday' }]),
    rawFile(2, 'TEST', null),
    { ...rawFile(1, 'TEST', 'copy'), name: 'copy of 1' },
    file('päge/日本.jpg', jpeg, 'TRAIN', 'red', said),
    file('see-through.png', png, 'TEST', null, []),
  ]);
  return dataset?.id ?? 0;
}

/** A dataset of as many raw pictures. */
export async function rawDataset(
  { datasets, writer }: BundleWorld,
  count: number,
): Promise<number> {
  const dataset = await datasets.create('raw', 'Raw');
  const files = Array.from({ length: count }, (_, at) => rawFile(at, 'TRAIN', `${at % 10}`));
  for (const batch of inBatches(files, 500)) await writer.add(dataset?.id ?? 0, batch);
  return dataset?.id ?? 0;
}

/**
 * A model with weights of a real network, and embeddings of all images but the last one; the
 * first one's has no error.
 */
export async function withModel(world: BundleWorld, datasetId: number): Promise<Model> {
  const { images, blobs, models, embeddings } = world;
  const hyperparameters = completeHyperparameters(convAutoencoder, { m: 5 });
  const networks = await createNetworks();
  const network = networks.create({
    architecture: 'conv-autoencoder',
    ...{ hyperparameters, input: INPUT },
  });
  const { latentSize, layers } = network;
  const changes = { hyperparameters, latentSize, layers };
  const finishedAt = new Date('2026-01-31T12:00:00.123Z');
  const model = await models.import({
    ...newModel(0, datasetId, changes),
    indexes: [],
    weightsBlobId: await blobs.put(await network.weights('a test')),
    epochs: [
      { epoch: 1, loss: 0.1 + 0.2, seconds: 1.5, finishedAt, validation: null },
      { epoch: 2, loss: 0.25, seconds: 1.25, finishedAt, validation: SCORE },
    ],
  });
  network.dispose();
  const random = seededRandom(1);
  const ids = (await images.ids(datasetId, {})).slice(0, -1);
  await embeddings.putMany(
    model.id,
    ids.map((imageId, at) => ({
      imageId,
      vector: Float32Array.from({ length: latentSize }, () => random() - 0.5),
      reconstructionError: at === 0 ? null : Math.fround(random()),
    })),
  );
  return model;
}

function rawFile(
  number: number,
  split: Split,
  label: string | null,
  metadata: readonly MetadataEntry[] = [],
): NewFile {
  const bytes = Uint8Array.from({ length: 784 }, (_, at) => (at * 7 + number) % 256);
  bytes[0] = number >> 8;
  return { ...file(`raw/${number}`, bytes, split, label, metadata), known: RAW };
}

function file(
  name: string,
  bytes: Uint8Array,
  split: Split,
  label: string | null,
  metadata: readonly MetadataEntry[],
): NewFile {
  return { name, label, split, metadata, bytes: async () => bytes };
}
