import { setImmediate as turn } from 'node:timers/promises';
import type { InputSpec, Layer } from '../domain/model.js';
import type { EmbeddedPictures, Network, NetworkRecipe, PictureBatch } from '../ports/networks.js';
import type { Blueprint, Parameters } from './architectures/blueprint.js';
import { parametersFrom } from './parameters.js';
import { checkPictures, gatherPictures, pictureSize, positionsInBatches } from './picture-batch.js';
import { namedTensors } from './stored-parameters.js';
import type { VectorName } from './stored-parameters.js';
import type { Tensor1D, Tensor4D, TensorFlow } from './tf.js';
import { writeWeightsFile } from './weights-file.js';
import type { NamedTensor } from './weights-file.js';

/** Numbers of input in one batch: larger is no faster, and a layer takes 64 bytes for each. */
const BATCH_NUMBERS = 512 * 28 * 28;

/** A network whose weights stay as they are. */
export class FixedNetwork implements Network {
  constructor(
    protected readonly tf: TensorFlow,
    protected readonly recipe: NetworkRecipe,
    protected readonly blueprint: Blueprint,
    /** The flat vector of all parameters; owned by this network. */
    protected parameters: Tensor1D,
  ) {}

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
    await this.eachBatch(pictures, (parameters, batch, start) => {
      const values = this.blueprint.encode(this.tf, parameters, batch).dataSync<'float32'>();
      embeddings.set(values, start * this.latentSize);
    });
    return embeddings;
  }

  async embed(pictures: PictureBatch): Promise<EmbeddedPictures> {
    const embeddings = new Float32Array(pictures.count * this.latentSize);
    const reconstructionErrors = new Float32Array(pictures.count);
    await this.eachBatch(pictures, (parameters, batch, start) => {
      const { code, logits } = this.blueprint.encodeAndRedraw(this.tf, parameters, batch);
      const squares = this.tf.squaredDifference(this.tf.sigmoid(logits), batch);
      const errors = this.tf.mean(squares, [1, 2, 3]);
      embeddings.set(code.dataSync<'float32'>(), start * this.latentSize);
      reconstructionErrors.set(errors.dataSync<'float32'>(), start);
    });
    return { embeddings, reconstructionErrors };
  }

  async reconstruct(pictures: PictureBatch): Promise<Uint8Array> {
    const redrawn = new Uint8Array(pictures.pixels.byteLength);
    const size = pictureSize(this.input);
    await this.eachBatch(pictures, (parameters, batch, start) => {
      const logits = this.blueprint.logits(this.tf, parameters, batch);
      const bytes = this.tf.round(this.tf.mul(this.tf.sigmoid(logits), 255));
      redrawn.set(bytes.dataSync<'float32'>(), start * size);
    });
    return redrawn;
  }

  async loss(pictures: PictureBatch): Promise<number> {
    if (pictures.count === 0) throw new RangeError('There is no loss over no pictures.');
    let sum = 0;
    await this.eachBatch(pictures, (parameters, batch) => {
      const mean = this.blueprint.loss(this.tf, parameters, batch).dataSync<'float32'>()[0];
      sum += (mean ?? Number.NaN) * batch.shape[0];
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

  /** Calls `visit` with each batch, frees what it makes, and lets the event loop turn between. */
  private async eachBatch(
    pictures: PictureBatch,
    visit: (parameters: Parameters, batch: Tensor4D, start: number) => void,
  ): Promise<void> {
    checkPictures(this.input, pictures);
    const size = Math.max(1, Math.floor(BATCH_NUMBERS / pictureSize(this.input)));
    let start = 0;
    for (const positions of positionsInBatches(pictures.count, size)) {
      this.tf.tidy(() => {
        const parameters = parametersFrom(this.tf, this.blueprint.parameters, this.parameters);
        const batch = gatherPictures(this.tf, this.input, pictures.pixels, positions);
        visit(parameters, batch, start);
      });
      start += positions.length;
      await turn();
    }
  }
}
