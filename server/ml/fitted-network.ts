import { hyperparameter } from '../domain/architecture.js';
import type {
  NetworkRecipe,
  PictureBatch,
  TrainableNetwork,
  TrainingSet,
} from '../ports/networks.js';
import type { Features } from './features.js';
import { LinearDecoding } from './linear-decoder.js';
import { pictureSize } from './picture-batch.js';
import { Covariance } from './principal-components.js';
import { ProjectedNetwork } from './projected-network.js';
import type { Projection } from './projected-network.js';
import type { TensorFlow } from './tf.js';

/** A projection that is learned in closed form, from two passes over the pictures: its one epoch. */
export class FittedNetwork extends ProjectedNetwork implements TrainableNetwork {
  constructor(
    tf: TensorFlow,
    recipe: NetworkRecipe,
    features: Features,
    latentSize: number,
    projection: Projection,
    private epochsDone: number,
  ) {
    super(tf, recipe, features, latentSize, projection);
  }

  get epoch(): number {
    return this.epochsDone;
  }

  /** An epoch that does not end leaves the network as it was before it. */
  async trainEpoch(
    pictures: TrainingSet,
    onStep: (share: number) => Promise<void>,
  ): Promise<number> {
    if (pictures.count === 0) throw new RangeError('There are no pictures to learn from.');
    const { tf, recipe, features, latentSize } = this;
    const size = pictureSize(this.input);
    const passed = (before: number) => (done: number) =>
      onStep((before + done / pictures.count) / 2);
    const covariance = new Covariance(tf, features.length);
    const gather = (batch: PictureBatch) => covariance.add(features.extract(batch));
    await this.eachBatch(pictures, gather, passed(0));
    const whitening = hyperparameter(recipe.hyperparameters, 'whitening');
    const { components, keptShare } = covariance.principalComponents(latentSize, whitening);
    const mean = covariance.mean();
    const undrawn = new Float32Array((latentSize + 1) * size);
    const half = { mean, components, decoder: undrawn };
    const encoder = new ProjectedNetwork(tf, recipe, features, latentSize, half);
    const decoding = new LinearDecoding(tf, latentSize, size);
    try {
      const compare = (batch: PictureBatch) =>
        decoding.add(encoder.embeddings(batch), this.shares(batch));
      await this.eachBatch(pictures, compare, passed(1));
    } finally {
      encoder.dispose();
    }
    this.learn({ mean, components, decoder: decoding.solve() });
    this.epochsDone = 1;
    return 1 - keptShare;
  }

  checkpoint(origin: string): Promise<Uint8Array> {
    return Promise.resolve(this.file('CHECKPOINT', origin, this.epochsDone));
  }
}
