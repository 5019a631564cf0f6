import { setImmediate as turn } from 'node:timers/promises';
import type { InputSpec, Layer } from '../domain/model.js';
import type { EmbeddedPictures, Network, NetworkRecipe, PictureBatch } from '../ports/networks.js';
import type { Features } from './features.js';
import { drawn } from './linear-decoder.js';
import { checkPictures, pictureBatches, pictureSize } from './picture-batch.js';
import type { Tensor1D, Tensor2D, TensorFlow } from './tf.js';
import { writeWeightsFile } from './weights-file.js';
import type { WeightsKind } from './weights-file.js';

/** Numbers of input in one batch: some 20 ms of work. */
const BATCH_NUMBERS = 256 * 28 * 28;

/** What is learned: all that makes an embedding of features, and a picture of an embedding. */
export interface Projection {
  /** [features] */
  readonly mean: Float32Array;
  /** [features, latentSize] */
  readonly components: Float32Array;
  /** [latentSize + 1, numbers of a picture]; see `LinearDecoding` */
  readonly decoder: Float32Array;
}

interface LearnedTensors {
  readonly mean: Tensor1D;
  readonly components: Tensor2D;
  readonly decoder: Tensor2D;
}

/** The projection of a picture's features on their principal components, at length one. */
export class ProjectedNetwork implements Network {
  private tensors: LearnedTensors;

  constructor(
    protected readonly tf: TensorFlow,
    protected readonly recipe: NetworkRecipe,
    protected readonly features: Features,
    readonly latentSize: number,
    private projection: Projection,
  ) {
    this.tensors = this.tensorsOf(projection);
  }

  get input(): InputSpec {
    return this.recipe.input;
  }

  get layers(): readonly Layer[] {
    const { width, height, channels } = this.input;
    const { mean, components, decoder } = this.projection;
    return [
      ...this.features.layers,
      {
        name: 'components',
        part: 'ENCODER',
        kind: 'Principal components',
        outputShape: [this.latentSize],
        parameterCount: mean.length + components.length,
      },
      {
        name: 'decoder',
        part: 'DECODER',
        kind: 'Linear',
        outputShape: [height, width, channels],
        parameterCount: decoder.length,
      },
    ];
  }

  async encode(pictures: PictureBatch): Promise<Float32Array> {
    const embeddings = new Float32Array(pictures.count * this.latentSize);
    await this.eachBatch(pictures, (batch, start) => {
      embeddings.set(this.embeddings(batch).dataSync<'float32'>(), start * this.latentSize);
    });
    return embeddings;
  }

  async embed(pictures: PictureBatch): Promise<EmbeddedPictures> {
    const embeddings = new Float32Array(pictures.count * this.latentSize);
    const reconstructionErrors = new Float32Array(pictures.count);
    await this.eachBatch(pictures, (batch, start) => {
      const codes = this.embeddings(batch);
      embeddings.set(codes.dataSync<'float32'>(), start * this.latentSize);
      const squares = this.tf.squaredDifference(this.drawn(codes), this.shares(batch));
      reconstructionErrors.set(this.tf.mean(squares, 1).dataSync<'float32'>(), start);
    });
    return { embeddings, reconstructionErrors };
  }

  async reconstruct(pictures: PictureBatch): Promise<Uint8Array> {
    const bytes = new Uint8Array(pictures.pixels.byteLength);
    const size = pictureSize(this.input);
    await this.eachBatch(pictures, (batch, start) => {
      const shares = this.drawn(this.embeddings(batch)).dataSync<'float32'>();
      const drawnBytes = Uint8Array.from(shares, (share) => Math.round(255 * share));
      bytes.set(drawnBytes, start * size);
    });
    return bytes;
  }

  /** Share of the variance of the features that the components leave out. */
  async loss(pictures: PictureBatch): Promise<number> {
    if (pictures.count === 0) throw new RangeError('There is no loss over no pictures.');
    const { tf } = this;
    let [kept, all] = [0, 0];
    await this.eachBatch(pictures, (batch) => {
      const centred = this.centred(batch);
      const { components } = this.tensors;
      // Whitening has changed the components' lengths, which is not to count.
      const along = tf.divNoNan(tf.matMul(centred, components), tf.norm(components, 2, 0));
      kept += tf.sum(tf.square(along)).dataSync()[0] ?? 0;
      all += tf.sum(tf.square(centred)).dataSync()[0] ?? 0;
    });
    return all === 0 ? 0 : Math.max(0, 1 - kept / all);
  }

  weights(origin: string): Promise<Uint8Array> {
    return Promise.resolve(this.file('WEIGHTS', origin, 0));
  }

  dispose(): void {
    this.tf.dispose({ ...this.tensors });
  }

  protected file(kind: WeightsKind, origin: string, epoch: number): Uint8Array {
    const { mean, components, decoder } = this.projection;
    const { tensors, recipe } = this;
    return writeWeightsFile({
      ...{ kind, recipe, origin, epoch, step: epoch },
      tensors: [
        { name: 'mean', shape: tensors.mean.shape, values: mean },
        { name: 'components', shape: tensors.components.shape, values: components },
        { name: 'decoder', shape: tensors.decoder.shape, values: decoder },
      ],
    });
  }

  protected learn(projection: Projection): void {
    this.dispose();
    this.projection = projection;
    this.tensors = this.tensorsOf(projection);
  }

  /** [count, latentSize]; in a tidy of the caller's, as all below. */
  embeddings(batch: PictureBatch): Tensor2D {
    const along = this.tf.matMul(this.centred(batch), this.tensors.components);
    return this.tf.divNoNan<Tensor2D>(along, this.tf.norm(along, 2, 1, true));
  }

  /** [count, numbers of a picture] from 0 to 1 */
  protected shares({ count, pixels }: PictureBatch): Tensor2D {
    const shares = Float32Array.from(pixels, (byte) => byte / 255);
    return this.tf.tensor2d(shares, [count, pictureSize(this.input)]);
  }

  /** Calls `visit` with each batch, frees its tensors, and lets the event loop turn between. */
  protected async eachBatch(
    pictures: PictureBatch,
    visit: (batch: PictureBatch, start: number) => void,
    afterwards: (done: number) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    checkPictures(this.input, pictures);
    const size = Math.max(1, Math.floor(BATCH_NUMBERS / pictureSize(this.input)));
    for (const { start, batch } of pictureBatches(this.input, pictures, size)) {
      if (start > 0) await turn();
      this.tf.tidy(() => visit(batch, start));
      await afterwards(start + batch.count);
    }
  }

  private drawn(embeddings: Tensor2D): Tensor2D {
    return drawn(this.tf, embeddings, this.tensors.decoder);
  }

  private centred(batch: PictureBatch): Tensor2D {
    const { length } = this.features;
    const rows = this.tf.tensor2d(this.features.extract(batch), [batch.count, length]);
    return this.tf.sub<Tensor2D>(rows, this.tensors.mean);
  }

  private tensorsOf({ mean, components, decoder }: Projection): LearnedTensors {
    const { tf, latentSize } = this;
    return {
      mean: tf.tensor1d(mean),
      components: tf.tensor2d(components, [this.features.length, latentSize]),
      decoder: tf.tensor2d(decoder, [latentSize + 1, pictureSize(this.input)]),
    };
  }
}
