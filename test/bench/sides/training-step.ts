/* One training step, `ours` or `plain`: node training-step.js WHICH PIXELS START (float32 files). */
import { readFileSync } from 'node:fs';
import { inputSpecFor } from '../../../server/domain/input-spec.js';
import { adamStart, disposeAdamState } from '../../../server/ml/adam.js';
import { convAutoencoder } from '../../../server/ml/architectures/conv-autoencoder.js';
import { CompiledLossGradient, type LossGradient } from '../../../server/ml/loss-gradient.js';
import { parametersFrom } from '../../../server/ml/parameters.js';
import { loadTensorFlow, type Scalar } from '../../../server/ml/tf.js';
import { trainingStep } from '../../../server/ml/training-step.js';
import { plainBlueprint } from '../../server/ml/plain-network.js';
import { answerRequests } from '../harness/conversation.js';
import { floatsIn } from '../harness/float-file.js';

const BATCH = 400;
const SIDE = 28;

const [which, pixelsFile = '', startFile = ''] = process.argv.slice(2);
const tf = await loadTensorFlow();
const blueprint = convAutoencoder(inputSpecFor({ width: SIDE, height: SIDE, channels: 1 }));
const batch = tf.tensor4d(floatsIn(readFileSync(pixelsFile)), [BATCH, SIDE, SIDE, 1]);
const start = tf.tensor1d(floatsIn(readFileSync(startFile)));
const step = which === 'ours' ? ourStep() : plainStep();

await answerRequests((steps: number) => {
  const begun = performance.now();
  let loss = step();
  for (let done = 1; done < steps; done += 1) {
    loss.dispose();
    loss = step();
  }
  const [last] = loss.dataSync<'float32'>();
  loss.dispose();
  return { milliseconds: (performance.now() - begun) / steps, loss: last };
});

/** As in a run of more than a few steps: compiled. */
function ourStep(): () => Scalar {
  const compiled = new CompiledLossGradient(tf, blueprint, BATCH);
  const gradient: LossGradient = (parameters, pictures) => compiled.of(parameters, pictures);
  let state = adamStart(tf, start);
  return () => {
    const whole = { share: 1, pictures: () => batch.clone() };
    const { loss, state: next } = trainingStep(tf, gradient, state, [whole], 0.001);
    disposeAdamState(state);
    state = next;
    return loss;
  };
}

/** As the documentation of tfjs has it: variables, and an optimiser that minimises. */
function plainStep(): () => Scalar {
  const plain = plainBlueprint(blueprint);
  const cut = parametersFrom(tf, blueprint.parameters, start);
  const kernels = new Map(
    blueprint.parameters.map(({ name }) => [name, tf.variable(cut(name))] as const),
  );
  const kernelOf = (name: string) => {
    const kernel = kernels.get(name);
    if (!kernel) throw new Error(`There is no kernel "${name}".`);
    return kernel;
  };
  const optimizer = tf.train.adam(0.001, 0.9, 0.999, 1e-8);
  return () => {
    const loss = optimizer.minimize(() => plain.loss(tf, kernelOf, batch), true);
    if (!loss) throw new Error('tfjs gave no loss.');
    return loss;
  };
}
