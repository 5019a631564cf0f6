import { LookalikeError } from '../domain/errors.js';
import type { PictureQuery } from '../domain/image.js';
import { inputLength } from '../domain/input-spec.js';
import type { ModelRuntime, RedrawnPicture, RunnableModel } from '../ports/model-runtime.js';
import type { Network } from '../ports/networks.js';
import type { Pictures } from '../ports/pictures.js';
import type { LoadedNetworks } from './loaded-networks.js';
import { batchOf } from './picture-loading.js';
import { QueryBatches, type OnBatch } from './query-batches.js';

/** Runs models for queries in this process, which is not the API's. */
export class Embedder implements ModelRuntime {
  private readonly batches = new Map<Network, QueryBatches>();
  /** Queries that are being decoded. */
  private decoding = 0;

  constructor(
    private readonly networks: LoadedNetworks,
    private readonly pictures: Pictures,
    private readonly onBatch: OnBatch = () => undefined,
  ) {}

  async embed(model: RunnableModel, query: PictureQuery): Promise<Float32Array> {
    const pixels = await this.decoded(model, query);
    return this.networks.use(model, async (network) => {
      const batches = this.batchesOf(network);
      try {
        return await batches.encode(pixels);
      } finally {
        if (batches.isIdle) this.batches.delete(network);
      }
    });
  }

  async reconstruct(
    model: RunnableModel,
    queries: readonly PictureQuery[],
  ): Promise<RedrawnPicture[]> {
    const originals = await Promise.all(queries.map((query) => this.inputOf(model, query)));
    const redrawn = await this.networks.use(model, (network) =>
      network.reconstruct(batchOf(originals, model.input)),
    );
    const length = inputLength(model.input);
    return Promise.all(
      originals.map(async (original, position) => {
        const data = redrawn.subarray(position * length, (position + 1) * length);
        const [input, png] = await Promise.all([
          this.pictures.encodePng({ ...model.input, data: original }),
          this.pictures.encodePng({ ...model.input, data }),
        ]);
        return { input, png, meanSquaredError: meanSquaredError(original, data) };
      }),
    );
  }

  private async decoded(model: RunnableModel, query: PictureQuery): Promise<Uint8Array> {
    this.decoding += 1;
    try {
      return await this.inputOf(model, query);
    } finally {
      this.decoding -= 1;
      // It may have been the last that a batch was waiting for.
      for (const batches of this.batches.values()) batches.startIfWorthIt();
    }
  }

  private inputOf({ input }: RunnableModel, { picture, crop }: PictureQuery): Promise<Uint8Array> {
    return picture instanceof Uint8Array
      ? this.pictures.fileToInput(picture, input, crop)
      : this.pictures.toInput(picture, input, crop);
  }

  private batchesOf(network: Network): QueryBatches {
    const known = this.batches.get(network);
    if (known) return known;
    const batches = new QueryBatches(network, () => this.decoding > 0, this.onBatch);
    this.batches.set(network, batches);
    return batches;
  }
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
