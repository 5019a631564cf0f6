import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { inBatches } from '../domain/batches.js';
import { otherSplit, type Split } from '../domain/dataset.js';
import { LookalikeError } from '../domain/errors.js';
import type { Image } from '../domain/image.js';
import type { Embedding, EmbeddingFailure, Model } from '../domain/model.js';
import type { Blobs } from '../ports/blobs.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type { BulkRuntime, ExaminedFile, RunnableModel } from '../ports/model-runtime.js';
import type { Models } from '../ports/models.js';
import type { ExactSearch, Network } from '../ports/networks.js';
import type { InspectedPicture, Pictures } from '../ports/pictures.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';
import { buildIndex } from './index-building.js';
import type { LoadedNetworks } from './loaded-networks.js';
import { batchOf } from './picture-loading.js';
import type { OnBatch } from './query-batches.js';
import { RECALL_QUERIES } from './recall-measuring.js';
import { sideBySide } from './side-by-side.js';
import { sampleVectors, storedVectors } from './stored-vectors.js';

/** As many as there are threads for decoding; more would only hold their bytes in memory. */
const DECODED_AT_A_TIME = 4;
const EMBEDDED_AT_A_TIME = 64;

/** The stores that bulk work reads from, and writes indexes to. */
export interface BulkStores {
  readonly images: Images;
  readonly blobs: Blobs;
  readonly models: Models;
  readonly embeddings: Embeddings;
  readonly indexes: VectorIndexes;
  readonly pictures: Pictures;
}

type Attempt<T> = { readonly done: T } | { readonly refusal: LookalikeError };

/** Bulk work in this process, which is not the API's. */
export class BulkEmbedder implements BulkRuntime {
  constructor(
    private readonly networks: LoadedNetworks,
    private readonly stores: BulkStores,
    private readonly exactSearch: () => Promise<ExactSearch>,
    private readonly onBatch: OnBatch = () => undefined,
  ) {}

  examine(model: RunnableModel | null, files: readonly Uint8Array[]): Promise<ExaminedFile[]> {
    if (!model) return sideBySide(files, DECODED_AT_A_TIME, (file) => this.inspected(file));
    return this.networks.use(model, async (network) => {
      const answers: ExaminedFile[] = [];
      for (const batch of inBatches(files, EMBEDDED_AT_A_TIME)) {
        answers.push(...(await this.examineBatch(network, batch)));
      }
      return answers;
    });
  }

  embedImages(
    model: RunnableModel,
    imageIds: readonly number[],
  ): Promise<{ embeddings: Embedding[]; failures: EmbeddingFailure[] }> {
    return this.networks.use(model, async (network) => {
      const embeddings: Embedding[] = [];
      const failures: EmbeddingFailure[] = [];
      for (const ids of inBatches(imageIds, EMBEDDED_AT_A_TIME)) {
        const images = await this.stores.images.byIds(ids);
        const attempts = await sideBySide(images, DECODED_AT_A_TIME, (image) =>
          attempt(() => this.inputOf(image, network)),
        );
        const decoded: { imageId: number; pixels: Uint8Array }[] = [];
        images.forEach(({ id: imageId }, position) => {
          const outcome = attempts[position];
          if (!outcome) return;
          if ('done' in outcome) decoded.push({ imageId, pixels: outcome.done });
          else failures.push({ imageId, message: outcome.refusal.message });
        });
        const pixels = decoded.map((each) => each.pixels);
        const embedded = await embeddedBy(network, pixels, this.onBatch);
        decoded.forEach(({ imageId }, position) => {
          const embedding = embedded[position];
          if (embedding) embeddings.push({ imageId, ...embedding });
        });
      }
      return { embeddings, failures };
    });
  }

  /**
   * Measures recall anew: what came or went may have changed how many candidates a search needs.
   * Does nothing where the model is gone by now.
   */
  async rebuildIndex({ id: modelId }: Pick<Model, 'id'>, split: Split): Promise<void> {
    const { models, embeddings, indexes } = this.stores;
    const model = await models.byId(modelId);
    if (!model) return;
    const replaced = model.indexes.find((index) => index.split === split)?.id ?? null;
    const { hyperparameters, latentSize: dimension } = model;
    const stored = [embeddings, modelId] as const;
    const rebuilt = await buildIndex(
      indexes,
      this.exactSearch,
      {
        split,
        hyperparameters,
        dimension,
        base: await storedVectors(...stored, split, dimension),
        heldOut: await sampleVectors(...stored, otherSplit(split), dimension, RECALL_QUERIES),
      },
      () => turnOfTheEventLoop(),
    );
    const isIn = await models.putIndex(modelId, replaced, rebuilt);
    if (!isIn) await indexes.delete(rebuilt.id);
    else if (replaced !== null) await indexes.delete(replaced);
  }

  private async inspected(file: Uint8Array): Promise<ExaminedFile> {
    const outcome = await attempt(() => this.stores.pictures.inspect(file));
    return 'done' in outcome ? { ...outcome.done, embedding: null } : refused(outcome.refusal);
  }

  private async examineBatch(
    network: Network,
    files: readonly Uint8Array[],
  ): Promise<ExaminedFile[]> {
    const attempts = await sideBySide(files, DECODED_AT_A_TIME, (file) =>
      attempt(() => this.decoded(file, network)),
    );
    const pixels = attempts.flatMap((outcome) => ('done' in outcome ? [outcome.done.pixels] : []));
    const embedded = (await embeddedBy(network, pixels, this.onBatch)).values();
    return attempts.map((outcome) => {
      if ('refusal' in outcome) return refused(outcome.refusal);
      const { facts, thumbnail } = outcome.done.inspected;
      return { facts, thumbnail, embedding: embedded.next().value ?? null };
    });
  }

  private async decoded(
    bytes: Uint8Array,
    { input }: Network,
  ): Promise<{ inspected: InspectedPicture; pixels: Uint8Array }> {
    const inspected = await this.stores.pictures.inspect(bytes);
    const picture = { ...inspected.facts, bytes };
    return { inspected, pixels: await this.stores.pictures.toInput(picture, input, null) };
  }

  private async inputOf(image: Image, { input }: Network): Promise<Uint8Array> {
    const bytes = await this.stores.blobs.get(image.blobId);
    return this.stores.pictures.toInput({ ...image, bytes }, input, null);
  }
}

/** What is wrong with one file is said of that file; a fault of ours ends the whole call. */
async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { done: await work() };
  } catch (thrown) {
    if (thrown instanceof LookalikeError && thrown.code !== 'INTERNAL') return { refusal: thrown };
    throw thrown;
  }
}

function refused({ code, message }: LookalikeError): ExaminedFile {
  return { refusal: { code, message } };
}

/** Decoded pictures as the network embeds them, in order. */
async function embeddedBy(
  network: Network,
  pixels: readonly Uint8Array[],
  onBatch: OnBatch,
): Promise<Omit<Embedding, 'imageId'>[]> {
  if (pixels.length === 0) return [];
  const { latentSize } = network;
  const started = performance.now();
  const embedded = await network.embed(batchOf(pixels, network.input));
  onBatch({ size: pixels.length, seconds: (performance.now() - started) / 1000 });
  return pixels.map((_, position) => ({
    vector: embedded.embeddings.slice(position * latentSize, (position + 1) * latentSize),
    reconstructionError: embedded.reconstructionErrors[position] ?? null,
  }));
}
