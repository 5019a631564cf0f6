import type { InputSpec, Layer } from '../domain/model.js';
import type { OnProgress } from '../domain/progress.js';
import type { EmbeddedPictures, Network, NetworkRecipe, PictureBatch } from '../ports/networks.js';
import type { Embedder } from './embedder.js';
import { drawn, LinearDecoding } from './linear-decoder.js';
import { checkPictures, pictureSize } from './picture-batch.js';
import { eachBatch } from './picture-passes.js';
import { storedTensor } from './stored-parameters.js';
import type { Tensor2D, TensorFlow } from './tf.js';
import { writeWeightsFile } from './weights-file.js';
import type { NamedTensor, WeightsFile } from './weights-file.js';

/** An embedder, and a linear decoder that redraws pictures from what it makes of them. */
export class EmbeddingNetwork<Of extends Embedder = Embedder> implements Network {
  private decoderTensor: Tensor2D;

  constructor(
    protected readonly tf: TensorFlow,
    protected readonly recipe: NetworkRecipe,
    protected embedder: Of,
    /** [dimension + 1, numbers of a picture]; see `LinearDecoding` */
    protected decoder: Float32Array,
  ) {
    this.decoderTensor = this.tensorOf(decoder);
  }

  get input(): InputSpec {
    return this.recipe.input;
  }

  get latentSize(): number {
    return this.embedder.dimension;
  }

  get layers(): readonly Layer[] {
    const { height, width, channels } = this.input;
    return [
      ...this.embedder.layers,
      {
        name: 'decoder',
        part: 'DECODER',
        kind: 'Linear',
        outputShape: [height, width, channels],
        parameterCount: this.decoder.length,
      },
    ];
  }

  encode(pictures: PictureBatch): Promise<Float32Array> {
    return this.encodeWith(this.embedder, pictures);
  }

  async embed(pictures: PictureBatch): Promise<EmbeddedPictures> {
    const embeddings = new Float32Array(pictures.count * this.latentSize);
    const reconstructionErrors = new Float32Array(pictures.count);
    await this.eachBatch(pictures, (batch, start) => {
      const codes = this.embedder.embeddings(batch);
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
      const shares = this.drawn(this.embedder.embeddings(batch)).dataSync<'float32'>();
      const drawnBytes = Uint8Array.from(shares, (share) => Math.round(255 * share));
      bytes.set(drawnBytes, start * size);
    });
    return bytes;
  }

  /** None: what the embedder is trained by, a picture by itself does not have. */
  loss(pictures: PictureBatch): Promise<number | null> {
    checkPictures(this.input, pictures);
    return Promise.resolve(null);
  }

  weights(origin: string): Promise<Uint8Array> {
    const { recipe } = this;
    const tensors = this.stored();
    return Promise.resolve(
      writeWeightsFile({ kind: 'WEIGHTS', recipe, origin, epoch: 0, step: 0, tensors }),
    );
  }

  dispose(): void {
    this.embedder.dispose();
    this.decoderTensor.dispose();
  }

  protected stored(): NamedTensor[] {
    const { decoder } = this;
    return [
      ...this.embedder.stored(),
      { name: 'decoder', shape: this.decoderTensor.shape, values: decoder },
    ];
  }

  protected redrawBy(decoder: Float32Array): void {
    this.decoderTensor.dispose();
    this.decoder = decoder;
    this.decoderTensor = this.tensorOf(decoder);
  }

  /**
   * The decoder that redraws these pictures best from their embeddings.
   * @param embeddingsOf a batch, which starts at this picture
   */
  protected async decoderFor(
    dimension: number,
    embeddingsOf: (batch: PictureBatch, start: number) => Tensor2D,
    pictures: PictureBatch,
    onProgress?: OnProgress,
  ): Promise<Float32Array> {
    const decoding = new LinearDecoding(this.tf, dimension, pictureSize(this.input));
    const compare = (batch: PictureBatch, start: number) =>
      decoding.add(embeddingsOf(batch, start), this.shares(batch));
    await this.eachBatch(pictures, compare, onProgress);
    return decoding.solve();
  }

  /** @returns [count, dimension] */
  protected async encodeWith(
    embedder: Embedder,
    pictures: PictureBatch,
    onProgress?: OnProgress,
  ): Promise<Float32Array> {
    const embeddings = new Float32Array(pictures.count * embedder.dimension);
    const visit = (batch: PictureBatch, start: number) => {
      const codes = embedder.embeddings(batch);
      embeddings.set(codes.dataSync<'float32'>(), start * embedder.dimension);
    };
    await this.eachBatch(pictures, visit, onProgress);
    return embeddings;
  }

  /** See `eachBatch`. */
  protected eachBatch(
    pictures: PictureBatch,
    visit: (batch: PictureBatch, start: number) => void,
    onProgress?: OnProgress,
  ): Promise<void> {
    return eachBatch(this.tf, this.input, pictures, visit, onProgress);
  }

  /** [count, numbers of a picture] from 0 to 1 */
  private shares({ count, pixels }: PictureBatch): Tensor2D {
    const shares = Float32Array.from(pixels, (byte) => byte / 255);
    return this.tf.tensor2d(shares, [count, pictureSize(this.input)]);
  }

  private drawn(embeddings: Tensor2D): Tensor2D {
    return drawn(this.tf, embeddings, this.decoderTensor);
  }

  private tensorOf(decoder: Float32Array): Tensor2D {
    return this.tf.tensor2d(decoder, [this.latentSize + 1, pictureSize(this.input)]);
  }
}

/** A decoder that has learned nothing yet. */
export function emptyDecoder(dimension: number, input: InputSpec): Float32Array {
  return new Float32Array((dimension + 1) * pictureSize(input));
}

/** @throws LookalikeError CHECKPOINT_CORRUPT */
export function storedDecoder(
  file: WeightsFile,
  dimension: number,
  input: InputSpec,
): Float32Array {
  return storedTensor(file, 'decoder', [dimension + 1, pictureSize(input)]);
}
