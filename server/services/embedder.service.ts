import { LookalikeError } from '../domain/errors.js';
import type { Split } from '../domain/dataset.js';
import type { EncodedPicture } from '../domain/image.js';
import { inputLength } from '../domain/input-spec.js';
import type { Model } from '../domain/model.js';
import type { Blobs } from '../ports/blobs.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { ModelRuntime, RedrawnPicture } from '../ports/model-runtime.js';
import type { Models } from '../ports/models.js';
import type { Network, Networks, PictureBatch } from '../ports/networks.js';
import type { Pictures } from '../ports/pictures.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';
import { buildIndex } from './index-building.js';
import { batchOf } from './picture-loading.js';

const MAX_LOADED = 2;
const MAX_BATCH = 64;

interface Waiting {
  readonly pixels: Uint8Array;
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (reason: unknown) => void;
}

/** A model's network, and the pictures that wait to go through it together. */
interface Loaded {
  readonly network: Network;
  readonly waiting: Waiting[];
  running: boolean;
  /** Calls that use the network at this moment. */
  users: number;
}

/** Runs models in this process, which is not the API's. */
export class Embedder implements ModelRuntime {
  private readonly loaded = new Map<number, Promise<Loaded>>();

  constructor(
    private readonly networks: () => Promise<Networks>,
    private readonly pictures: Pictures,
    private readonly blobs: Blobs,
    private readonly models: Models,
    private readonly embeddings: Embeddings,
    private readonly indexes: VectorIndexes,
  ) {}

  async embedUpload(model: Model, bytes: Uint8Array): Promise<Float32Array> {
    const picture = await this.pictures.identify(bytes);
    const pixels = await this.pictures.toInput(picture, model.input);
    const loaded = await this.load(model);
    return new Promise((resolve, reject) => {
      loaded.waiting.push({ pixels, resolve, reject });
      void drain(loaded);
    });
  }

  async reconstruct(model: Model, pictures: readonly EncodedPicture[]): Promise<RedrawnPicture[]> {
    const originals = await Promise.all(
      pictures.map((picture) => this.pictures.toInput(picture, model.input)),
    );
    const redrawn = await this.redraw(model, batchOf(originals, model.input));
    const length = inputLength(model.input);
    return Promise.all(
      originals.map(async (original, position) => {
        const data = redrawn.subarray(position * length, (position + 1) * length);
        const png = await this.pictures.encodePng({ ...model.input, data });
        return { png, meanSquaredError: meanSquaredError(original, data) };
      }),
    );
  }

  /** Does nothing where the model is gone by now, or its index has been rebuilt already. */
  async rebuildIndex(model: Model, split: Split): Promise<void> {
    const damaged = model.indexes.find((index) => index.split === split);
    const current = await this.models.byId(model.id);
    if (!damaged || !current?.indexes.some(({ id }) => id === damaged.id)) return;
    const { id: modelId, hyperparameters, latentSize: dimension } = model;
    const rebuilt = await buildIndex(
      this.embeddings,
      this.indexes,
      { modelId, split, hyperparameters, dimension, count: damaged.size },
      () => new Promise((resolve) => setImmediate(resolve)),
    );
    const replaced = await this.models.replaceIndex(modelId, damaged.id, rebuilt);
    await this.indexes.delete(replaced ? damaged.id : rebuilt.id);
  }

  private async redraw(model: Model, pictures: PictureBatch): Promise<Uint8Array> {
    const loaded = await this.load(model);
    loaded.users += 1;
    try {
      return await loaded.network.reconstruct(pictures);
    } finally {
      loaded.users -= 1;
    }
  }

  private load(model: Model): Promise<Loaded> {
    const known = this.loaded.get(model.id);
    const loading = known ?? this.read(model);
    this.loaded.delete(model.id);
    this.loaded.set(model.id, loading);
    if (!known) {
      loading.catch(() => this.loaded.delete(model.id));
      this.dropOldest();
    }
    return loading;
  }

  private async read(model: Model): Promise<Loaded> {
    const [networks, weights] = await Promise.all([
      this.networks(),
      this.blobs.get(model.weightsBlobId),
    ]);
    return { network: networks.load(model, weights), waiting: [], running: false, users: 0 };
  }

  /** A dropped network is freed once nothing waits for it. */
  private dropOldest(): void {
    for (const [id, loading] of this.loaded) {
      if (this.loaded.size <= MAX_LOADED) return;
      this.loaded.delete(id);
      loading.then(disposeWhenIdle, () => undefined);
    }
  }
}

/** Sends all that waits through the network, one batch after another. */
async function drain(loaded: Loaded): Promise<void> {
  if (loaded.running) return;
  loaded.running = true;
  // Uploads that are decoded in the same moment go together.
  await new Promise((resolve) => setImmediate(resolve));
  while (loaded.waiting.length > 0) {
    const batch = loaded.waiting.splice(0, MAX_BATCH);
    try {
      const { network } = loaded;
      const pixels = batch.map((waiting) => waiting.pixels);
      const vectors = await network.encode(batchOf(pixels, network.input));
      batch.forEach(({ resolve }, position) => {
        const start = position * network.latentSize;
        resolve(vectors.slice(start, start + network.latentSize));
      });
    } catch (thrown) {
      for (const { reject } of batch) reject(thrown);
    }
  }
  loaded.running = false;
}

function disposeWhenIdle(loaded: Loaded): void {
  if (loaded.running || loaded.users > 0 || loaded.waiting.length > 0) {
    setTimeout(() => disposeWhenIdle(loaded), 1000);
    return;
  }
  loaded.network.dispose();
}

function meanSquaredError(original: Uint8Array, redrawn: Uint8Array): number {
  if (original.length !== redrawn.length) {
    throw new LookalikeError('INTERNAL', 'A reconstruction has another size than its original.');
  }
  let sum = 0;
  for (let position = 0; position < original.length; position += 1) {
    const difference = ((original[position] ?? 0) - (redrawn[position] ?? 0)) / 255;
    sum += difference * difference;
  }
  return original.length === 0 ? 0 : sum / original.length;
}
