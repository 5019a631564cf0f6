import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { LookalikeError } from '../domain/errors.js';
import type { PictureQuery } from '../domain/image.js';
import { inputLength } from '../domain/input-spec.js';
import type { Model } from '../domain/model.js';
import type { ModelRuntime, RedrawnPicture } from '../ports/model-runtime.js';
import type { Network } from '../ports/networks.js';
import type { Pictures } from '../ports/pictures.js';
import type { LoadedNetworks } from './loaded-networks.js';
import { batchOf } from './picture-loading.js';

const MAX_BATCH = 64;

interface Waiting {
  readonly pixels: Uint8Array;
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (reason: unknown) => void;
}

/** Runs models for queries in this process, which is not the API's. */
export class Embedder implements ModelRuntime {
  /** The pictures that wait to go through a network together. */
  private readonly waiting = new Map<Network, Waiting[]>();

  constructor(
    private readonly networks: LoadedNetworks,
    private readonly pictures: Pictures,
  ) {}

  async embed(model: Model, query: PictureQuery): Promise<Float32Array> {
    const pixels = await this.inputOf(model, query);
    return this.networks.use(
      model,
      (network) =>
        new Promise((resolve, reject) => {
          const together = this.waiting.get(network);
          together?.push({ pixels, resolve, reject });
          if (together) return;
          const first = [{ pixels, resolve, reject }];
          this.waiting.set(network, first);
          void this.drain(network, first);
        }),
    );
  }

  async reconstruct(model: Model, queries: readonly PictureQuery[]): Promise<RedrawnPicture[]> {
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

  private async inputOf(model: Model, { picture, crop }: PictureQuery): Promise<Uint8Array> {
    const encoded =
      picture instanceof Uint8Array
        ? { ...(await this.pictures.identify(picture)), bytes: picture }
        : picture;
    return this.pictures.toInput(encoded, model.input, crop);
  }

  /** Sends all that waits through the network, one batch after another. */
  private async drain(network: Network, waiting: Waiting[]): Promise<void> {
    // Queries that are decoded in the same moment go together.
    await turnOfTheEventLoop();
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_BATCH);
      try {
        const pixels = batch.map((each) => each.pixels);
        const vectors = await network.encode(batchOf(pixels, network.input));
        batch.forEach(({ resolve }, position) => {
          const start = position * network.latentSize;
          resolve(vectors.slice(start, start + network.latentSize));
        });
      } catch (thrown) {
        for (const { reject } of batch) reject(thrown);
      }
    }
    this.waiting.delete(network);
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
