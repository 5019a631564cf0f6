import { setImmediate as turn } from 'node:timers/promises';
import { hyperparameter } from '../domain/architecture.js';
import type { OnProgress } from '../domain/progress.js';
import { mixSeeds, seededRandom, shuffledIndices } from '../domain/random.js';
import type { NetworkRecipe, TrainableNetwork, TrainingSet } from '../ports/networks.js';
import { disposeAdamState } from './adam.js';
import type { AdamState } from './adam.js';
import type { Blueprint } from './architectures/blueprint.js';
import { diverged, finiteLoss } from './divergence.js';
import { FixedNetwork } from './network.js';
import { checkPictures, pictureTensor } from './picture-batch.js';
import type { Scalar, TensorFlow } from './tf.js';
import { trainingStep } from './training-step.js';
import { writeWeightsFile } from './weights-file.js';

/** How long training may keep the event loop to itself, in milliseconds. */
const LONGEST_SILENCE_MS = 200;

/** A network trained by Adam on shuffled batches. */
export class AdamNetwork extends FixedNetwork implements TrainableNetwork {
  constructor(
    tf: TensorFlow,
    recipe: NetworkRecipe,
    blueprint: Blueprint,
    private state: AdamState,
    private epochsDone: number,
  ) {
    super(tf, recipe, blueprint, state.parameters);
  }

  get epoch(): number {
    return this.epochsDone;
  }

  /** An epoch that does not end leaves the network as it was before it. */
  async trainEpoch(pictures: TrainingSet, onProgress: OnProgress): Promise<number> {
    checkPictures(this.input, pictures);
    if (pictures.count === 0) throw new RangeError('There are no pictures to learn from.');
    const epoch = this.epochsDone + 1;
    const batchSize = this.dial('batchSize');
    const learningRate = this.dial('learningRate');
    const random = seededRandom(mixSeeds(this.dial('seed'), epoch));
    const order = shuffledIndices(pictures.count, random);
    const tensor = pictureTensor(this.tf, this.input, pictures);
    const losses: Scalar[] = [];
    let state = this.state;
    let spokeAt = performance.now();
    try {
      for (let start = 0; start < order.length; start += batchSize) {
        const positions = order.subarray(start, start + batchSize);
        const step = trainingStep(this.tf, this.kernels, state, tensor, positions, learningRate);
        if (state !== this.state) disposeAdamState(state);
        state = step.state;
        losses.push(step.loss);
        const share = (start + positions.length) / order.length;
        if (share < 1 && performance.now() - spokeAt < LONGEST_SILENCE_MS) continue;
        finiteLoss(step.loss, epoch, learningRate);
        await turn();
        await onProgress(share);
        spokeAt = performance.now();
      }
      const sum = losses.reduce((total, loss) => total + finiteLoss(loss, epoch, learningRate), 0);
      checkWeights(state, epoch, learningRate);
      this.commit(state, epoch);
      return sum;
    } finally {
      if (state !== this.state) disposeAdamState(state);
      this.tf.dispose([tensor, ...losses]);
    }
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  checkpoint(origin: string): Promise<Uint8Array> {
    const bytes = writeWeightsFile({
      kind: 'CHECKPOINT',
      recipe: this.recipe,
      origin,
      epoch: this.epochsDone,
      step: this.state.step,
      tensors: [
        ...this.stored('parameters', this.state.parameters),
        ...this.stored('firstMoment', this.state.firstMoment),
        ...this.stored('secondMoment', this.state.secondMoment),
      ],
    });
    return Promise.resolve(bytes);
  }

  override dispose(): void {
    disposeAdamState(this.state);
  }

  private commit(state: AdamState, epoch: number): void {
    disposeAdamState(this.state);
    this.state = state;
    this.parameters = state.parameters;
    this.epochsDone = epoch;
  }

  private dial(name: string): number {
    return hyperparameter(this.recipe.hyperparameters, name);
  }
}

/** The last step's are in no loss yet. */
function checkWeights({ parameters }: AdamState, epoch: number, learningRate: number): void {
  if (parameters.dataSync<'float32'>().every(Number.isFinite)) return;
  throw diverged('Weights are no longer finite numbers', epoch, learningRate);
}
