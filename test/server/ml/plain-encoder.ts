import type { EncoderBlueprint } from '../../../server/ml/encoder-blueprint.js';
import { BLOCK_PICTURES } from '../../../server/ml/encoder-kernels.js';
import type {
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor4D,
  TensorFlow,
} from '../../../server/ml/tf.js';

/*
 * An encoder as anybody would write it with tfjs, with the library's own gradients. What our kernels
 * must agree with.
 */

const VARIANCE_FLOOR = 1e-3;

/** What the numbers of a unit's convolution are normalised by: [count or 1, 1, 1, outputs] each. */
interface Moments {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

type MomentsOf = (convolved: Tensor4D, unit: number) => Moments;

/** Embeddings [count, dimension], not of length one. @param moments the flat vector to normalise by */
export function plainEmbeddings(
  tf: TensorFlow,
  blueprint: EncoderBlueprint,
  flat: Tensor1D,
  moments: Tensor1D,
  x: Tensor4D,
): Tensor2D {
  const starts = momentStarts(blueprint);
  return embeddings(tf, blueprint, flat, x, ({ shape: [, , , outputs] }, unit) => {
    const of = (at: number) => tf.slice(moments, at, outputs).reshape([1, 1, 1, outputs]);
    const start = starts[unit] ?? Number.NaN;
    return { mean: of(start), variance: of(start + outputs) };
  });
}

export interface PlainTargetGradient {
  readonly loss: Scalar;
  readonly gradient: Tensor1D;
  /** The mean over the blocks. */
  readonly moments: Tensor1D;
}

/** @param flat the parameters and, behind them, the vectors of the targets; @param wanted [count, targets] */
export function plainTargetGradient(
  tf: TensorFlow,
  blueprint: EncoderBlueprint,
  flat: Tensor1D,
  x: Tensor4D,
  wanted: Tensor2D,
  scale: number,
): PlainTargetGradient {
  const all: Tensor[] = [];
  const ofBlocks: MomentsOf = (convolved, unit) => {
    const [count, height, width, outputs] = convolved.shape;
    const blocks = convolved.reshape([-1, BLOCK_PICTURES * height * width, outputs]);
    const { mean, variance } = tf.moments(blocks, 1, true);
    all[2 * unit] = mean.mean(0).flatten();
    all[2 * unit + 1] = variance.mean(0).flatten();
    const ofPictures = (of: Tensor) =>
      tf.tile(of, [1, BLOCK_PICTURES, 1]).reshape([count, 1, 1, outputs]);
    return { mean: ofPictures(mean), variance: ofPictures(variance) };
  };
  const lossOf = (vector: Tensor): Scalar => {
    const of = vector as Tensor1D;
    const embedded = embeddings(tf, blueprint, of, x, ofBlocks);
    const directions = tf
      .slice(of, blueprint.parameterCount)
      .reshape([wanted.shape[1], blueprint.dimension]);
    const cosines = tf.matMul(lengthOne(tf, embedded), lengthOne(tf, directions), false, true);
    const shares = tf.logSoftmax(tf.mul(cosines, scale));
    return tf.neg(tf.mean<Scalar>(tf.sum(tf.mul(wanted, shares), 1)));
  };
  const { value, grad } = tf.valueAndGrad(lossOf)(flat);
  // Within the gradient's scope no value outlives it: the moments are those of a pass of their own.
  lossOf(flat);
  return { loss: value, gradient: grad as Tensor1D, moments: tf.concat(all) as Tensor1D };
}

function embeddings(
  tf: TensorFlow,
  blueprint: EncoderBlueprint,
  flat: Tensor1D,
  x: Tensor4D,
  momentsOf: MomentsOf,
): Tensor2D {
  const { units, places, dimension, projection } = blueprint;
  let last = x;
  let before: Tensor4D | undefined;
  units.forEach(({ outputs, pooled, joined }, at) => {
    const { inputs, kernel, scale, shift } = places[at] ?? {};
    if (!inputs || kernel === undefined || scale === undefined || shift === undefined) {
      throw new Error(`Unit ${at} has no place.`);
    }
    const weights = tf.slice(flat, kernel, 9 * inputs * outputs);
    const square = weights.reshape<Tensor4D>([3, 3, inputs, outputs]);
    const convolved = tf.conv2d(last, square, 1, 'same');
    const { mean, variance } = momentsOf(convolved, at);
    const deviation = tf.sqrt(tf.add(variance, VARIANCE_FLOOR));
    const normalised = tf.div(tf.sub(convolved, mean), deviation);
    const scaled = tf.mul(normalised, tf.slice(flat, scale, outputs));
    let out = tf.relu(tf.add(scaled, tf.slice(flat, shift, outputs))) as Tensor4D;
    if (pooled) out = tf.maxPool(out, 2, 2, 'same');
    if (joined && before) out = tf.add(out, before);
    [before, last] = [last, out];
  });
  const features = last.shape[3];
  const matrix = tf.slice(flat, projection, features * dimension).reshape([features, dimension]);
  return tf.matMul<Tensor2D>(tf.mean(last, [1, 2]), matrix);
}

function lengthOne(tf: TensorFlow, rows: Tensor): Tensor2D {
  return tf.div<Tensor2D>(rows, tf.norm(rows, 'euclidean', 1, true));
}

/** Where the means of each unit start in the flat vector; its variances follow. */
function momentStarts({ units }: EncoderBlueprint): readonly number[] {
  let next = 0;
  return units.map(({ outputs }) => {
    const start = next;
    next += 2 * outputs;
    return start;
  });
}
