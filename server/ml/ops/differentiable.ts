import type { Tensor, TensorFlow } from '../tf.js';

/** A function with a gradient of our own. */
export interface Differentiable<Y extends Tensor> {
  /** The value, and what the gradient will need of it; the rest is freed. */
  forward(): { readonly value: Y; readonly saved: readonly Tensor[] };
  /** The gradient in each input, from the gradient in the value. */
  backward(dy: Y, saved: readonly Tensor[]): Tensor[];
}

/** Applies a function of `inputs` that knows its own gradient. */
export function differentiable<Y extends Tensor>(
  tf: TensorFlow,
  inputs: readonly Tensor[],
  { forward, backward }: Differentiable<Y>,
): Y {
  // Without a gradient being taken, tfjs's bookkeeping is a third of the time of a small encoding.
  if (tf.engine().state.gradientDepth === 0) return forward().value;
  const op = tf.customGrad<Y>((...given) => {
    const save = given[inputs.length];
    const { value, saved } = forward();
    if (typeof save === 'function') save([...saved]);
    return { value, gradFunc: (dy, kept) => backward(dy, kept) };
  });
  return op(...inputs);
}
