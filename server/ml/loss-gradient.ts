import type { Blueprint } from './architectures/blueprint.js';
import { compileFunction } from './graph/compiled-function.js';
import type { CompiledFunction } from './graph/compiled-function.js';
import { parametersFrom } from './parameters.js';
import type { Scalar, Tensor, Tensor1D, Tensor4D, TensorFlow } from './tf.js';

export interface LossAndGradient {
  /** Mean over the pictures. */
  readonly loss: Scalar;
  /** Of the loss, in each parameter. */
  readonly gradient: Tensor1D;
}

/**
 * The loss of a network and its gradient, as new tensors.
 * @param parameters the flat vector @param pictures [count, height, width, channels]
 */
export type LossGradient = (parameters: Tensor1D, pictures: Tensor4D) => LossAndGradient;

/** Operation by operation: for any number of pictures. */
export function lossGradient(tf: TensorFlow, blueprint: Blueprint): LossGradient {
  return (parameters, pictures) => {
    const of = tf.valueAndGrad((flat: Tensor) =>
      blueprint.loss(tf, parametersFrom(tf, blueprint.parameters, flat as Tensor1D), pictures),
    );
    const { value, grad } = of(parameters);
    return { loss: value, gradient: grad as Tensor1D };
  };
}

/**
 * As one compiled graph for batches of one size, see `compileFunction`; batches of another size,
 * which is the last one of an epoch, go operation by operation.
 */
export class CompiledLossGradient {
  private readonly plain: LossGradient;
  private compiled: CompiledFunction | null = null;

  /** @param count pictures in the batches that the graph is for */
  constructor(
    private readonly tf: TensorFlow,
    blueprint: Blueprint,
    private readonly count: number,
  ) {
    this.plain = lossGradient(tf, blueprint);
  }

  of(parameters: Tensor1D, pictures: Tensor4D): LossAndGradient {
    if (pictures.shape[0] !== this.count) return this.plain(parameters, pictures);
    this.compiled ??= this.compile(parameters, pictures);
    const [loss, gradient] = this.compiled.run([parameters, pictures]);
    if (!loss || !gradient) throw new Error('A graph has left out a result.');
    return { loss: loss as Scalar, gradient: gradient as Tensor1D };
  }

  dispose(): void {
    this.compiled?.dispose();
    this.compiled = null;
  }

  private compile(parameters: Tensor1D, pictures: Tensor4D): CompiledFunction {
    return compileFunction(this.tf, [parameters, pictures], (flat, batch) => {
      const { loss, gradient } = this.plain(flat as Tensor1D, batch as Tensor4D);
      return [loss, gradient];
    });
  }
}
