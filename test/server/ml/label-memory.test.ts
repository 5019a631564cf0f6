import { describe, expect, it } from 'vitest';
import { labelMemoryOf } from '../../../server/ml/label-fitting.js';
import { LabelRecall, storedLabelMemory } from '../../../server/ml/label-memory.js';
import { loadTensorFlow } from '../../../server/ml/tf.js';
import { readWeightsFile, writeWeightsFile } from '../../../server/ml/weights-file.js';
import type { NamedTensor } from '../../../server/ml/weights-file.js';
import type { TrainingSet } from '../../../server/ports/networks.js';
import { inputOf, unwatched } from './pictures.js';

const tf = await loadTensorFlow();
const DIMENSION = 4;
const RECIPE = { architecture: 'metric-encoder', hyperparameters: {}, input: inputOf(2, 2, 1) };

function lengthOne(rows: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(rows.flatMap((row) => row.map((number) => number / Math.hypot(...row))));
}

function labelled(labels: readonly (string | null)[]): TrainingSet {
  return { count: labels.length, pixels: new Uint8Array(4 * labels.length), labels };
}

/** Two bunches, of boots and of coats, and in each one picture that bears the other's label. */
const ROWS = lengthOne([
  ...[
    [1, 0.1, 0, 0],
    [1, 0, 0.1, 0],
    [1, -0.1, 0, 0.1],
    [1, 0.2, 0.2, 0.2],
  ],
  ...[
    [0, 1, 0.1, 0],
    [0.1, 1, 0, 0],
    [0, 1, 0, -0.1],
    [0.2, 1, -0.2, 0.2],
  ],
  [0.5, 0.5, 0.7, 0],
]);
const LABELS = ['boot', 'boot', 'boot', 'coat', 'coat', 'coat', 'coat', 'boot', null];

const kept = await labelMemoryOf(tf, labelled(LABELS), ROWS, DIMENSION, unwatched);
if (!kept) throw new Error('nothing was kept');
const memory = kept;

/** Cosines of what is recalled to the means of boots and of coats, for each row. */
function recalled(recall: LabelRecall, rows: Float32Array): number[][] {
  return tf.tidy(() => {
    const labels = recall.labelsOf(tf.tensor2d(rows, [rows.length / DIMENSION, DIMENSION]));
    const directions = tf.div(labels, tf.norm(labels, 2, 1, true));
    const { means } = recall.memory;
    const wanted = tf.tensor2d(means, [2, DIMENSION]);
    return tf.matMul(directions, wanted, false, true).arraySync() as number[][];
  });
}

describe('what is kept of labels', () => {
  it('is where each lies on average, and what lies nearer to another', () => {
    const { means, exceptions, labels } = memory;
    const boots = [0, 1, 2, 7].map((row) => ROWS.subarray(row * DIMENSION, (row + 1) * DIMENSION));
    const sum = [0, 1, 2, 3].map((at) => boots.reduce((total, row) => total + (row[at] ?? 0), 0));
    sum.forEach((number, at) => expect(means[at]).toBeCloseTo(number / Math.hypot(...sum), 5));
    expect([...exceptions]).toEqual([...ROWS.subarray(12, 16), ...ROWS.subarray(28, 32)]);
    expect([...labels]).toEqual([1, 0]);
  });

  it('is nothing where there are fewer than two labels', async () => {
    const keptOf = (labels: readonly (string | null)[]) =>
      labelMemoryOf(tf, labelled(labels), ROWS, DIMENSION, unwatched);
    expect(await keptOf(LABELS.map(() => null))).toBeNull();
    expect(await keptOf(LABELS.map((label) => (label === 'coat' ? null : label)))).toBeNull();
  });

  it('is found in turns, and none of it is left when one of them throws', async () => {
    const held = tf.memory().numTensors;
    for (const last of [1, 2]) {
      let turns = 0;
      const stop = () => {
        turns += 1;
        return turns < last ? unwatched() : Promise.reject(new Error('enough'));
      };
      const found = labelMemoryOf(tf, labelled(LABELS), ROWS, DIMENSION, stop);
      await expect(found).rejects.toThrow('enough');
      expect(turns).toBe(last);
    }
    expect(tf.memory().numTensors).toBe(held);
  });

  const recall = new LabelRecall(tf, memory, DIMENSION);
  const stored = recall.stored();
  recall.dispose();
  const inFile = (tensors: readonly NamedTensor[]) => {
    const origin = { origin: 'test', epoch: 0, step: 0 };
    return readWeightsFile(
      writeWeightsFile({ kind: 'WEIGHTS', recipe: RECIPE, ...origin, tensors }),
    );
  };

  it('comes back from a file, and is none where that has none', () => {
    expect(storedLabelMemory(inFile(stored), DIMENSION)).toEqual(memory);
    expect(storedLabelMemory(inFile([]), DIMENSION)).toBeNull();
  });

  it.each([
    ['labels/of-exceptions', [2], [1, 2], /a label that there is not/],
    ['labels/of-exceptions', [3], [1, 0, 1], /"labels\/widths" is \[2\], not \[3\]/],
    ['labels/widths', [2], [1e-4, 0], /no width/],
    ['labels/means', [1, 4], [1, 0, 0, 0], /fewer than two/],
    ['labels/means', [3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1], /"labels\/means" is/],
    ['labels/exceptions', [1, 4], [1, 0, 0, 0], /"labels\/exceptions" is/],
  ])('is refused where %s of %j are %j', (name, shape, values, why) => {
    const wrong = { name, shape, values: Float32Array.from(values) };
    const tensors = stored.map((tensor) => (tensor.name === name ? wrong : tensor));
    const read = () => storedLabelMemory(inFile(tensors), DIMENSION);
    expect(read).toThrow(expect.objectContaining({ code: 'CHECKPOINT_CORRUPT' }) as Error);
    expect(read).toThrow(why);
  });
});

describe('what is recalled of a picture', () => {
  it('is the label whose pictures are nearest; of an exception, its own', () => {
    const recall = new LabelRecall(tf, memory, DIMENSION);
    const bearsCoat = [false, false, false, true, true, true, true, false];
    const cosines = recalled(recall, ROWS);
    bearsCoat.forEach((isCoat, row) => {
      const [boot = 0, coat = 0] = cosines[row] ?? [];
      expect(isCoat ? coat : boot).toBeGreaterThan(0.99);
    });
    recall.dispose();
  });

  it('is as without exceptions for all that are not as good as the same', () => {
    const recall = new LabelRecall(tf, memory, DIMENSION);
    const { means } = memory;
    const no = new Float32Array(0);
    const none = { means, exceptions: no, labels: no, widths: no };
    const plain = new LabelRecall(tf, none, DIMENSION);
    // Beside the boot that bears the label of a coat, a cosine of 0.994 away; and between the bunches.
    const others = lengthOne([
      [1, 0.3, 0.15, 0.2],
      [0.5, 0.5, 0.7, 0],
    ]);
    const [near, between] = recalled(recall, others);
    const [plainNear, plainBetween] = recalled(plain, others);
    near?.forEach((cosine, at) => expect(cosine).toBeCloseTo(plainNear?.[at] ?? 0, 5));
    between?.forEach((cosine, at) => expect(cosine).toBeCloseTo(plainBetween?.[at] ?? 0, 5));
    expect(near?.[0]).toBeGreaterThan(0.99);
    recall.dispose();
    plain.dispose();
  });
});
