import { setImmediate as turn } from 'node:timers/promises';
import type { InputSpec, Layer } from '../domain/model.js';
import type { EmbeddedPictures, Network, NetworkRecipe, PictureBatch } from '../ports/networks.js';
import type { Blueprint } from './architectures/blueprint.js';
import { NetworkKernels } from './network-kernels.js';
import type { JudgedPictures } from './network-kernels.js';
import { checkPictures, pictureBatches, pictureSize, pictureTensor } from './picture-batch.js';
import { namedTensors } from './stored-parameters.js';
import type { VectorName } from './stored-parameters.js';
import type { Tensor1D, Tensor4D, TensorFlow } from './tf.js';
import { writeWeightsFile } from './weights-file.js';
import type { NamedTensor } from './weights-file.js';

/** Numbers of input in one batch: some 10 ms of work, and larger is no faster. */
const BATCH_NUMBERS = 512 * 28 * 28;
/**
 * Pictures in one batch at least, however large. The kernels compute eight side by side, and as many
 * eights at a time as they have threads: of fewer pictures, most of both would idle.
 */
const LEAST_BATCH = 64;

/** A network whose weights stay as they are. */
export class FixedNetwork implements Network {
  protected readonly kernels: NetworkKernels;

  constructor(
    protected readonly tf: TensorFlow,
    protected readonly recipe: NetworkRecipe,
    protected readonly blueprint: Blueprint,
    /** The flat vector of all parameters; owned by this network. */
    protected parameters: Tensor1D,
  ) {
    this.kernels = new NetworkKernels(tf, blueprint);
  }

  get input(): InputSpec {
    return this.recipe.input;
  }

  get latentSize(): number {
    return this.blueprint.latentSize;
  }

  get layers(): readonly Layer[] {
    return this.blueprint.layers;
  }

  async encode(pictures: PictureBatch): Promise<Float32Array> {
    const embeddings = new Float32Array(pictures.count * this.latentSize);
    await this.eachBatch(pictures, (batch, start) => {
      const codes = this.kernels.encode(this.parameters, batch);
      embeddings.set(codes.dataSync<'float32'>(), start * this.latentSize);
      codes.dispose();
    });
    return embeddings;
  }

  async embed(pictures: PictureBatch): Promise<EmbeddedPictures> {
    const embeddings = new Float32Array(pictures.count * this.latentSize);
    const reconstructionErrors = new Float32Array(pictures.count);
    await this.eachJudged(pictures, ({ codes, errors }, start) => {
      embeddings.set(codes.dataSync<'float32'>(), start * this.latentSize);
      reconstructionErrors.set(errors.dataSync<'float32'>(), start);
    });
    return { embeddings, reconstructionErrors };
  }

  async reconstruct(pictures: PictureBatch): Promise<Uint8Array> {
    const bytes = new Uint8Array(pictures.pixels.byteLength);
    await this.eachBatch(pictures, (batch, start) => {
      const redrawn = this.kernels.redraw(this.parameters, batch);
      bytes.set(redrawn.dataSync<'bool'>(), start * pictureSize(this.input));
      redrawn.dispose();
    });
    return bytes;
  }

  async loss(pictures: PictureBatch): Promise<number> {
    if (pictures.count === 0) throw new RangeError('There is no loss over no pictures.');
    let sum = 0;
    await this.eachJudged(pictures, ({ losses }) => {
      for (const loss of losses.dataSync<'float32'>()) sum += loss;
    });
    return sum / pictures.count;
  }

  weights(origin: string): Promise<Uint8Array> {
    const bytes = writeWeightsFile({
      kind: 'WEIGHTS',
      recipe: this.recipe,
      origin,
      epoch: 0,
      step: 0,
      tensors: this.stored('parameters', this.parameters),
    });
    return Promise.resolve(bytes);
  }

  dispose(): void {
    this.parameters.dispose();
  }

  /** A flat vector as a file holds it. */
  protected stored(name: VectorName, flat: Tensor1D): NamedTensor[] {
    return namedTensors(this.blueprint.parameters, name, flat.dataSync<'float32'>());
  }

  private eachJudged(
    pictures: PictureBatch,
    visit: (judged: JudgedPictures, start: number) => void,
  ): Promise<void> {
    return this.eachBatch(pictures, (batch, start) => {
      const judged = this.kernels.judge(this.parameters, batch);
      visit(judged, start);
      this.tf.dispose({ ...judged });
    });
  }

  /** Calls `visit` with each batch, and lets the event loop turn between. */
  private async eachBatch(
    pictures: PictureBatch,
    visit: (batch: Tensor4D, start: number) => void,
  ): Promise<void> {
    checkPictures(this.input, pictures);
    const size = Math.max(LEAST_BATCH, Math.floor(BATCH_NUMBERS / pictureSize(this.input)));
    for (const { start, batch } of pictureBatches(this.input, pictures, size)) {
      if (start > 0) await turn();
      const tensor = pictureTensor(this.tf, this.input, batch);
      try {
        visit(tensor, start);
      } finally {
        tensor.dispose();
      }
    }
  }
}
