import { describe, expect, it } from 'vitest';
import { adamStart, disposeAdamState } from '../../../server/ml/adam.js';
import { blueprintOf } from '../../../server/ml/architectures/registry.js';
import { compileFunction } from '../../../server/ml/graph/compiled-function.js';
import { CompiledLossGradient, lossGradient } from '../../../server/ml/loss-gradient.js';
import type { LossGradient } from '../../../server/ml/loss-gradient.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { glorotUniform } from '../../../server/ml/parameters.js';
import { gatherPictures } from '../../../server/ml/picture-batch.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import type { Tensor } from '../../../server/ml/tf.js';
import { trainingStep } from '../../../server/ml/training-step.js';
import {
  drawnPictures,
  FASHION_INPUT,
  fashionPictures,
  inputOf,
  recipeOf,
  unwatched,
} from './pictures.js';
import { plainBlueprint } from './plain-network.js';

const tf = await loadTensorFlow();
const networks = await createNetworks();
const BATCH = 40;

/** Losses of steps over the pictures, batch after batch and round again. */
function lossesOf(gradient: LossGradient, start: Float32Array, steps: number): number[] {
  const pictures = fashionPictures(400);
  let state = adamStart(tf, tf.tensor1d(start));
  const losses = Array.from({ length: steps }, (_, step) => {
    const first = (step * BATCH) % pictures.count;
    const positions = Array.from({ length: BATCH }, (__, place) => first + place);
    const batch = () => gatherPictures(tf, FASHION_INPUT, pictures.pixels, positions);
    const next = trainingStep(tf, gradient, state, [{ share: 1, pictures: batch }], 0.002);
    disposeAdamState(state);
    state = next.state;
    const loss = next.loss.dataSync()[0] ?? Number.NaN;
    next.loss.dispose();
    return loss;
  });
  disposeAdamState(state);
  return losses;
}

describe('a compiled gradient', () => {
  it.each([
    ['28x28x1', FASHION_INPUT],
    ['33x47x3', inputOf(33, 47, 3)],
    ['28x30x3', inputOf(28, 30, 3)],
  ])('is that of the plain network at %s', (_, input) => {
    const blueprint = blueprintOf('conv-autoencoder', input);
    const { pixels } = drawnPictures(BATCH, input, 4);
    const positions = Array.from({ length: BATCH }, (__, place) => place);
    const compiled = new CompiledLossGradient(tf, blueprint, BATCH);
    tf.tidy(() => {
      const parameters = tf.tensor1d(glorotUniform(blueprint.parameters, 8));
      const batch = gatherPictures(tf, input, pixels, positions);
      const expected = lossGradient(tf, plainBlueprint(blueprint))(parameters, batch);
      const ours = compiled.of(parameters, batch);
      expect(ours.loss.dataSync()[0]).toBeCloseTo(expected.loss.dataSync()[0] ?? Number.NaN, 5);
      const scale = tf.max(tf.abs(expected.gradient)).dataSync()[0] ?? 0;
      const worst = tf.max(tf.abs(tf.sub(ours.gradient, expected.gradient))).dataSync()[0] ?? 1;
      expect(scale).toBeGreaterThan(1e-3);
      expect(worst / scale).toBeLessThan(5e-5);
    });
    compiled.dispose();
  });

  it('has the losses of the plain network over 100 steps', () => {
    const blueprint = blueprintOf('conv-autoencoder', FASHION_INPUT);
    const start = glorotUniform(blueprint.parameters, 3);
    const compiled = new CompiledLossGradient(tf, blueprint, BATCH);
    const ours = lossesOf((flat, batch) => compiled.of(flat, batch), start, 100);
    compiled.dispose();
    const plain = lossesOf(lossGradient(tf, plainBlueprint(blueprint)), start, 100);
    ours.forEach((loss, step) => {
      const reference = plain[step] ?? Number.NaN;
      expect(Math.abs(loss - reference) / reference).toBeLessThan(1e-3);
    });
    expect(ours.at(-1)).toBeLessThan((ours[0] ?? 0) * 0.9);
  });

  it('takes a batch of another size too, and keeps no tensors', () => {
    const blueprint = blueprintOf('conv-autoencoder', FASHION_INPUT);
    const { pixels } = drawnPictures(BATCH, FASHION_INPUT, 5);
    const compiled = new CompiledLossGradient(tf, blueprint, BATCH);
    const parameters = tf.tensor1d(glorotUniform(blueprint.parameters, 8));
    const lossOf = (count: number) =>
      tf.tidy(() => {
        const positions = Array.from({ length: count }, (_, place) => place);
        const batch = gatherPictures(tf, FASHION_INPUT, pixels, positions);
        return compiled.of(parameters, batch).loss.dataSync()[0];
      });
    const before = tf.memory().numTensors;
    expect([lossOf(BATCH), lossOf(BATCH), lossOf(7)]).toEqual([
      expect.closeTo(0.69, 1),
      lossOf(BATCH),
      expect.closeTo(0.69, 1),
    ]);
    expect(tf.memory().numTensors).toBe(before);
    compiled.dispose();
    parameters.dispose();
  });
});

it('a run of long epochs that goes on from a checkpoint has the losses of one that was not stopped', async () => {
  const pictures = drawnPictures(120, FASHION_INPUT);
  const recipe = recipeOf({ batchSize: 10, seed: 5 });
  const undisturbed = networks.create(recipe);
  await undisturbed.trainEpoch(pictures, unwatched);
  const checkpoint = await undisturbed.checkpoint('test');
  const expected = await undisturbed.trainEpoch(pictures, unwatched);
  undisturbed.dispose();
  const resumed = networks.resume(recipe, checkpoint);
  expect(await resumed.trainEpoch(pictures, unwatched)).toBe(expected);
  resumed.dispose();
});

describe('a compiled function', () => {
  it('does what the function does, with constants, several results and whole numbers', () => {
    const f = (...[x = tf.scalar(0), y = tf.scalar(0)]: Tensor[]) => {
      const [head = x, tail = x] = tf.split(tf.add(tf.mul(x, 3), tf.cast(y, 'float32')), [1, 2]);
      return [tf.pad(head, [[1, 2]]), tf.sum(tail), tf.gather(x, tf.cast(y, 'int32'))];
    };
    const example = [tf.tensor1d([0, 0, 0]), tf.tensor1d([0, 0, 0], 'int32')];
    const compiled = compileFunction(tf, example, f);
    const given = [tf.tensor1d([1, -2, 5]), tf.tensor1d([2, 0, 1], 'int32')] as const;
    const expected = f(...given).map((tensor) => [...tensor.dataSync()]);
    expect(compiled.run(given).map((tensor) => [...tensor.dataSync()])).toEqual(expected);
    expect(expected[1]).toEqual([10]);
    compiled.dispose();
    expect(() => compiled.run(given)).toThrow('SavedModel');
  });
});
