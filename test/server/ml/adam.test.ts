import { expect, it } from 'vitest';
import { seededRandom } from '../../../server/domain/random.js';
import { adamStart, adamUpdate } from '../../../server/ml/adam.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';

const tf = await loadTensorFlow();

it('Adam follows the paper, step by step', () => {
  const random = seededRandom(4);
  const rate = 0.01;
  const size = 50;
  const parameters = Array.from({ length: size }, () => random() - 0.5);
  const first = parameters.map(() => 0);
  const second = parameters.map(() => 0);
  let state = adamStart(tf, tf.tensor1d(parameters));
  for (let step = 1; step <= 30; step += 1) {
    // Of very different sizes: Adam's steps must not depend on that.
    const gradient = parameters.map((_, at) => 10 ** ((at % 9) - 6) * (random() - 0.4));
    state = adamUpdate(tf, state, tf.tensor1d(gradient), rate);
    gradient.forEach((g, at) => {
      const m = (first[at] = 0.9 * (first[at] ?? 0) + 0.1 * g);
      const v = (second[at] = 0.999 * (second[at] ?? 0) + 0.001 * g * g);
      const corrected = (rate * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step);
      parameters[at] = (parameters[at] ?? 0) - (corrected * m) / (Math.sqrt(v) + 1e-8);
    });
  }
  expect(state.step).toBe(30);
  state.parameters.dataSync<'float32'>().forEach((value, at) => {
    expect(value).toBeCloseTo(parameters[at] ?? Number.NaN, 5);
  });
});
