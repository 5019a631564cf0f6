/*
 * Milliseconds a training step of our network and of the plain tfjs one, in turns.
 * Run after `npm run build`: node build/test/bench/training-step.js [rounds]
 */
import { seededRandom } from '../../server/domain/random.js';
import { adamStart, disposeAdamState } from '../../server/ml/adam.js';
import { inputSpecFor } from '../../server/domain/input-spec.js';
import { convAutoencoder } from '../../server/ml/architectures/conv-autoencoder.js';
import { CompiledLossGradient } from '../../server/ml/loss-gradient.js';
import { glorotUniform, parametersFrom } from '../../server/ml/parameters.js';
import { loadTensorFlow } from '../../server/ml/tf.js';
import { trainingStep } from '../../server/ml/training-step.js';
import { plainBlueprint } from '../server/ml/plain-network.js';

const BATCH = 400;
const SIDE = 28;
const WARM_UP = 3;

const rounds = Number(process.argv[2] ?? 30);
const tf = await loadTensorFlow();
const blueprint = convAutoencoder(inputSpecFor({ width: SIDE, height: SIDE, channels: 1 }));
const pixels = Float32Array.from({ length: BATCH * SIDE * SIDE }, seededRandom(1));
const batch = tf.tensor4d(pixels, [BATCH, SIDE, SIDE, 1]);
const start = tf.tensor1d(glorotUniform(blueprint.parameters, 1));

const plain = plainBlueprint(blueprint);
const optimizer = tf.train.adam(0.001, 0.9, 0.999, 1e-8);
const kernels = new Map(
  blueprint.parameters.map(({ name }) => {
    const cut = parametersFrom(tf, blueprint.parameters, start);
    return [name, tf.variable(cut(name))];
  }),
);

function plainStep(): void {
  const loss = optimizer.minimize(() => plain.loss(tf, kernelOf, batch), true);
  loss?.dataSync();
  loss?.dispose();
}

function kernelOf(name: string) {
  const kernel = kernels.get(name);
  if (!kernel) throw new Error(`There is no kernel "${name}".`);
  return kernel;
}

const compiled = new CompiledLossGradient(tf, blueprint, BATCH);
let state = adamStart(tf, start);

function ourStep(): void {
  const whole = { share: 1, pictures: () => batch.clone() };
  const gradient = compiled.of.bind(compiled);
  const { loss, state: next } = trainingStep(tf, gradient, state, [whole], 0.001);
  loss.dataSync();
  loss.dispose();
  disposeAdamState(state);
  state = next;
}

function millisecondsOf(step: () => void): number {
  const before = performance.now();
  step();
  return performance.now() - before;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const times = Array.from({ length: rounds + WARM_UP }, () => ({
  ours: millisecondsOf(ourStep),
  plain: millisecondsOf(plainStep),
})).slice(WARM_UP);
const ours = median(times.map((time) => time.ours));
const theirs = median(times.map((time) => time.plain));
console.log(`ours ${ours.toFixed(1)} ms a step, plain tfjs ${theirs.toFixed(1)} ms a step`);
console.log(`plain / ours: ${(theirs / ours).toFixed(2)}`);
