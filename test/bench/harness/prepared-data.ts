import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileSystemBlobs } from '../../../server/adapters/blobs/file-system/blobs.js';
import { openDatabase } from '../../../server/adapters/metadata/sqlite/database.js';
import { SqliteEmbeddings } from '../../../server/adapters/metadata/sqlite/embeddings.js';
import { SqliteImages } from '../../../server/adapters/metadata/sqlite/images.js';
import { SqliteModels } from '../../../server/adapters/metadata/sqlite/models.js';
import type { Embedding, InputSpec } from '../../../server/domain/model.js';
import { readWeightsFile } from '../../../server/ml/weights-file.js';
import { hashContents } from '../../../server/setup/files/content-hash.mjs';
import { importEnd } from '../../integration/import-end.js';
import { startServer } from '../../integration/running-server.js';
import { startTraining, waitForStatus } from '../../integration/training.js';

const FOLDER = join('.cache', 'bench-data');
const EPOCHS = 2;
const QUERIES = 1000;

/** What decides the bytes on disk: other ones are prepared anew. */
const SOURCES = [
  'server/adapters/metadata/sqlite/migrations',
  'server/adapters/blobs',
  'server/adapters/vector-index',
  'server/domain/architectures',
  'server/ml/architectures',
  'server/ml/weights-file.ts',
  'test/bench/harness/prepared-data.ts',
];

/** Fashion-MNIST with a model of two epochs, and the same for programs that know no database of ours. */
export interface PreparedData {
  /** A data directory: to be copied, never to be opened. */
  readonly directory: string;
  /** `ModelForOthers` in JSON. */
  readonly modelFile: string;
  /** float32, little-endian: the embeddings of the TRAIN images, row by row. */
  readonly vectorsFile: string;
  /** The same of the first TEST images. */
  readonly queriesFile: string;
  /** float32, little-endian: the kernels one after another. */
  readonly kernelsFile: string;
  /** As our networks read it. */
  readonly weightsFile: string;
}

export interface ModelForOthers {
  readonly input: InputSpec;
  readonly dimension: number;
  /** Of the TRAIN images, in the order of the vectors. */
  readonly images: readonly { readonly id: number; readonly label: string; readonly url: string }[];
  readonly kernels: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly index: {
    readonly m: number;
    readonly efConstruction: number;
    readonly efSearch: number;
  };
}

/** Prepares it the first time, with the real server: about a minute. */
export async function preparedData(note: (text: string) => void): Promise<PreparedData> {
  const fingerprint = hashContents('.', SOURCES).slice(0, 16);
  const folder = join(FOLDER, fingerprint);
  const data: PreparedData = {
    directory: join(folder, 'data'),
    modelFile: join(folder, 'model.json'),
    vectorsFile: join(folder, 'vectors.f32'),
    queriesFile: join(folder, 'queries.f32'),
    kernelsFile: join(folder, 'kernels.f32'),
    weightsFile: join(folder, 'weights.bin'),
  };
  const isThere = await readFile(data.modelFile).then(
    () => true,
    () => false,
  );
  if (isThere) return data;
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const aside = await mkdtemp(join(FOLDER, 'unfinished-'));
  note('preparing Fashion-MNIST and a model of it, once');
  await train(join(aside, 'data'));
  await writeForOthers(aside);
  await rename(aside, folder);
  return data;
}

async function train(directory: string): Promise<void> {
  const server = await startServer(directory, {
    LOOKALIKE_FIRST_START: 'import',
    LOOKALIKE_FASHION_MNIST_DIR: fashionMnistDirectory(),
  });
  try {
    const { status, importError } = await importEnd(server);
    if (status !== 'READY') throw new Error(`the import failed: ${importError}`);
    const run = await startTraining(server, { epochs: EPOCHS });
    await waitForStatus(server, run, 'SUCCEEDED');
  } finally {
    await server.stop();
  }
}

export function fashionMnistDirectory(): string {
  return process.env['LOOKALIKE_FASHION_MNIST_DIR'] ?? join('.cache', 'fashion-mnist');
}

export function trainImagesFile(): string {
  return join(fashionMnistDirectory(), 'train-images-idx3-ubyte.gz');
}

async function writeForOthers(folder: string): Promise<void> {
  const directory = join(folder, 'data');
  const database = openDatabase(directory);
  const blobs = new FileSystemBlobs(join(directory, 'blobs'));
  try {
    const [model] = await new SqliteModels(database).list(null);
    const index = model?.indexes.find(({ split }) => split === 'TRAIN');
    if (!model || !index) throw new Error('the training left no model');
    const embeddings = new SqliteEmbeddings(database);
    const trained = await collected(embeddings.stream(model.id, 'TRAIN'));
    const held = await collected(embeddings.stream(model.id, 'TEST'));
    const found = await new SqliteImages(database).byIds(trained.map(({ imageId }) => imageId));
    const images = found.toSorted((a, b) => a.id - b.id);
    const weights = await blobs.get(model.weightsBlobId);
    const { tensors } = readWeightsFile(weights);
    const { m, efConstruction, efSearch } = index;
    const described: ModelForOthers = {
      input: model.input,
      dimension: model.latentSize,
      images: images.map(({ id, label, blobId }) => ({
        id,
        label: label ?? '',
        url: `/images/${id}?v=${blobId.slice(0, 8)}`,
      })),
      kernels: tensors.map(({ name, shape }) => ({ name, shape })),
      index: { m, efConstruction, efSearch },
    };
    const write = (name: string, bytes: string | Uint8Array) =>
      writeFile(join(folder, name), bytes);
    await write('vectors.f32', joined(trained.map(({ vector }) => vector)));
    await write('queries.f32', joined(held.slice(0, QUERIES).map(({ vector }) => vector)));
    await write('kernels.f32', joined(tensors.map(({ values }) => values)));
    await write('weights.bin', weights);
    await write('model.json', JSON.stringify(described));
  } finally {
    await database.destroy();
    await blobs.close();
  }
}

async function collected(
  batches: AsyncIterable<readonly Embedding[]>,
): Promise<readonly Embedding[]> {
  const all: Embedding[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

function joined(arrays: readonly Float32Array[]): Uint8Array {
  return Buffer.concat(
    arrays.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
}
