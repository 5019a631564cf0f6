import { runKernel } from './tf.js';
import type { KernelAttribute, Tensor, Tensor1D, Tensor2D, TensorFlow } from './tf.js';

/** Directions along which there is less than this share of the greatest variance are noise. */
const LEAST_VARIANCE = 1e-7;

const EIGEN: readonly KernelAttribute[] = [
  { name: 'compute_v', type: 'BOOL', value: true },
  { name: 'T', type: 'TYPE', value: 'float32' },
];

export interface PrincipalComponents {
  /** [length, count] row by row: a column for each. */
  readonly components: Float32Array;
  /** Share of all variance that lies along the components, 0 to 1. */
  readonly keptShare: number;
}

/** Sums over rows of numbers, from which their mean and covariance follow. */
export class Covariance {
  private rows = 0;
  private readonly sums: Float64Array;
  private readonly products: Float64Array;
  /** Taken off every row: near their mean, products keep their digits. */
  private origin: Float32Array | null = null;

  constructor(
    private readonly tf: TensorFlow,
    private readonly length: number,
  ) {
    this.sums = new Float64Array(length);
    this.products = new Float64Array(length * length);
  }

  /** @param rows [count, length] */
  add(rows: Float32Array): void {
    const { tf, length } = this;
    const count = rows.length / length;
    this.origin ??= columnMeans(rows, length);
    const origin = this.origin;
    tf.tidy(() => {
      const centred = tf.sub<Tensor2D>(tf.tensor2d(rows, [count, length]), origin);
      addTo(this.products, tf.matMul(centred, centred, true, false));
      addTo(this.sums, tf.sum(centred, 0));
    });
    this.rows += count;
  }

  /** [length] */
  mean(): Float32Array {
    return Float32Array.from(
      this.sums,
      (sum, at) => (this.origin?.[at] ?? 0) + sum / Math.max(1, this.rows),
    );
  }

  /**
   * The directions of greatest variance, greatest first. Each is made `variance ** (-whitening / 2)` long:
   * 0 leaves distances as they are, 1 makes all directions count alike (Jegou, Chum: Negative evidences
   * and co-occurences in image retrieval, ECCV 2012, for whitening's worth in retrieval). Where there
   * is no variance the direction is all zeros.
   * @param count at most `length`
   * @param noise variance that there is in each direction beside its own, for how long it is made
   */
  principalComponents(count: number, whitening: number, noise = 0): PrincipalComponents {
    const { length, tf } = this;
    const matrix = tf.tensor2d(this.covariance(), [length, length]);
    const outputs = runKernel(tf, 'SelfAdjointEigV2', EIGEN, [matrix], 2) as [Tensor1D, Tensor2D];
    const variances = outputs[0].dataSync<'float32'>();
    const directions = outputs[1].dataSync<'float32'>();
    tf.dispose([matrix, ...outputs]);
    const greatest = Math.max(0, variances.at(-1) ?? 0);
    const components = new Float32Array(length * count);
    let kept = 0;
    for (let component = 0; component < count; component += 1) {
      // They come in ascending order.
      const from = length - 1 - component;
      const variance = variances[from] ?? 0;
      if (variance <= greatest * LEAST_VARIANCE) break;
      kept += variance;
      const scale = (variance + noise) ** (-whitening / 2);
      for (let row = 0; row < length; row += 1) {
        components[row * count + component] = scale * (directions[row * length + from] ?? 0);
      }
    }
    const all = variances.reduce((sum, variance) => sum + Math.max(0, variance), 0);
    return { components, keptShare: all === 0 ? 1 : Math.min(1, kept / all) };
  }

  private covariance(): Float32Array {
    const { length, rows, sums } = this;
    return Float32Array.from(this.products, (product, at) => {
      const [row, column] = [Math.floor(at / length), at % length];
      return product / rows - ((sums[row] ?? 0) / rows) * ((sums[column] ?? 0) / rows);
    });
  }
}

function columnMeans(rows: Float32Array, length: number): Float32Array {
  const means = new Float64Array(length);
  const count = Math.max(1, rows.length / length);
  rows.forEach((value, at) => {
    means[at % length] = (means[at % length] ?? 0) + value / count;
  });
  return Float32Array.from(means);
}

/** Adds a tensor's numbers. */
export function addTo(sums: Float64Array, tensor: Tensor): void {
  const numbers = tensor.dataSync<'float32'>();
  for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) + (numbers[at] ?? 0);
}
