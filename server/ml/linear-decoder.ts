import { addTo } from './principal-components.js';
import { runKernel } from './tf.js';
import type { KernelAttribute, Rank, Tensor2D, TensorFlow } from './tf.js';

/** Of the number of pictures: so much is added to the diagonal, so that there is one solution. */
const RIDGE = 1e-5;

const SOLVE: readonly KernelAttribute[] = [
  { name: 'adjoint', type: 'BOOL', value: false },
  { name: 'T', type: 'TYPE', value: 'float32' },
];

/**
 * Learns to redraw pictures from their embeddings as well as any linear function can: ridge regression
 * (Hoerl, Kennard: Ridge Regression, Technometrics 1970) in closed form, from sums over the pictures. So
 * every network can show what an embedding keeps, also where nothing was trained to redraw.
 */
export class LinearDecoding {
  private readonly squares: Float64Array;
  private readonly products: Float64Array;
  private count = 0;

  constructor(
    private readonly tf: TensorFlow,
    private readonly latentSize: number,
    private readonly pictureSize: number,
  ) {
    this.squares = new Float64Array((latentSize + 1) ** 2);
    this.products = new Float64Array((latentSize + 1) * pictureSize);
  }

  /** @param embeddings [count, latentSize] @param pixels [count, pictureSize] from 0 to 1 */
  add(embeddings: Tensor2D, pixels: Tensor2D): void {
    const { tf } = this;
    tf.tidy(() => {
      const inputs = withOne(tf, embeddings);
      addTo(this.squares, tf.matMul(inputs, inputs, true, false));
      addTo(this.products, tf.matMul(inputs, pixels, true, false));
    });
    this.count += embeddings.shape[0];
  }

  /** @returns [latentSize + 1, pictureSize]: a row for each number of an embedding, and for a one */
  solve(): Float32Array {
    const { tf, latentSize, pictureSize } = this;
    const side = latentSize + 1;
    const squares = Float32Array.from(this.squares, (sum, at) => {
      const isDiagonal = Math.floor(at / side) === at % side;
      return sum + (isDiagonal ? RIDGE * Math.max(1, this.count) : 0);
    });
    const matrix = tf.tensor2d(squares, [side, side]);
    const right = tf.tensor2d(Float32Array.from(this.products), [side, pictureSize]);
    const [solution] = runKernel(tf, 'MatrixSolve', SOLVE, [matrix, right], 1) as [Tensor2D];
    const decoder = solution.dataSync<'float32'>();
    tf.dispose([matrix, right, solution]);
    return decoder;
  }
}

/** The pictures as the decoder draws them, [count, pictureSize] from 0 to 1. */
export function drawn(tf: TensorFlow, embeddings: Tensor2D, decoder: Tensor2D): Tensor2D {
  return tf.tidy(() => {
    const shares = tf.matMul<Tensor2D>(withOne(tf, embeddings), decoder);
    return tf.clipByValue<Tensor2D>(shares, 0, 1);
  });
}

function withOne(tf: TensorFlow, embeddings: Tensor2D): Tensor2D {
  return tf.concat([embeddings, tf.ones<Rank.R2>([embeddings.shape[0], 1])], 1);
}
