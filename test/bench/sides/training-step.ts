/* One training step, `ours` or `plain`: node training-step.js WHICH PIXELS START (float32 files). */
import { readFileSync } from 'node:fs';
import { inputSpecFor } from '../../../server/domain/input-spec.js';
import { adamStart, disposeAdamState } from '../../../server/ml/adam.js';
import { convAutoencoder } from '../../../server/ml/architectures/conv-autoencoder.js';
import { NetworkKernels } from '../../../server/ml/network-kernels.js';
import { pictureTensor } from '../../../server/ml/picture-batch.js';
import { loadTensorFlow, type Scalar } from '../../../server/ml/tf.js';
import { trainingStep } from '../../../server/ml/training-step.js';
import { kernelsFrom, plainLoss } from '../../server/ml/plain-network.js';
import { answerRequests } from '../harness/conversation.js';
import { floatsIn } from '../harness/float-file.js';

const BATCH = 400;
const SIDE = 28;

const [which, pixelsFile = '', startFile = ''] = process.argv.slice(2);
const tf = await loadTensorFlow();
const input = inputSpecFor({ width: SIDE, height: SIDE, channels: 1 });
const blueprint = convAutoencoder(input);
const scaled = floatsIn(readFileSync(pixelsFile));
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

/** As in a training run: the pictures as bytes, and which of them the batch is. */
function ourStep(): () => Scalar {
  const kernels = new NetworkKernels(tf, blueprint);
  const pixels = Uint8Array.from(scaled, (value) => Math.round(255 * value));
  const pictures = pictureTensor(tf, input, { count: BATCH, pixels });
  const positions = Int32Array.from({ length: BATCH }, (_, position) => position);
  let state = adamStart(tf, start);
  return () => {
    const { loss, state: next } = trainingStep(tf, kernels, state, pictures, positions, 0.001);
    disposeAdamState(state);
    state = next;
    return loss;
  };
}

/** As the documentation of tfjs has it: variables, and an optimiser that minimises. */
function plainStep(): () => Scalar {
  const batch = tf.tensor4d(scaled, [BATCH, SIDE, SIDE, 1]);
  const cut = kernelsFrom(tf, blueprint.parameters, start);
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
    const loss = optimizer.minimize(() => plainLoss(tf, kernelOf, batch), true);
    if (!loss) throw new Error('tfjs gave no loss.');
    return loss;
  };
}
