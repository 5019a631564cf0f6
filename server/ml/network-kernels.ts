import type { Blueprint } from './architectures/blueprint.js';
import { runKernel } from './tf.js';
import type { KernelAttribute, Scalar, Tensor1D, Tensor2D, Tensor4D, TensorFlow } from './tf.js';

export interface LossAndGradient {
  /** Mean over all numbers of all pictures. */
  readonly loss: Scalar;
  /** Of the loss, in each parameter. */
  readonly gradient: Tensor1D;
}

/** How well pictures are redrawn. */
export interface JudgedPictures {
  /** [count, latentSize] */
  readonly codes: Tensor2D;
  /** [count]: mean squared error of each picture as it is redrawn, from 0 to 1 */
  readonly errors: Tensor1D;
  /** [count]: mean sigmoid cross-entropy of each picture, in nats */
  readonly losses: Tensor1D;
}

/**
 * A network's functions, each one operation of `native`: one pass in which a picture's numbers stay in
 * the processor's cache from the first layer to the last. All tensors that come out are the caller's.
 * @param parameters the flat vector @param pictures see `pictureTensor`
 */
export class NetworkKernels {
  private readonly whole: readonly KernelAttribute[];
  private readonly encoder: readonly KernelAttribute[];

  constructor(
    private readonly tf: TensorFlow,
    blueprint: Blueprint,
  ) {
    this.whole = attributesOf(blueprint, blueprint.convolutions.length);
    this.encoder = attributesOf(blueprint, blueprint.encoderLength);
  }

  /** @returns the embeddings, [count, latentSize] */
  encode(parameters: Tensor1D, pictures: Tensor4D): Tensor2D {
    const inputs = [parameters, pictures];
    const [codes] = runKernel(this.tf, 'LookalikeEncode', this.encoder, inputs, 1);
    return codes as Tensor2D;
  }

  judge(parameters: Tensor1D, pictures: Tensor4D): JudgedPictures {
    const { redrawn, ...judged } = this.pass(parameters, pictures, false);
    redrawn.dispose();
    return judged;
  }

  /** @returns the pictures as the network redraws them, [count, height * width * channels] bytes */
  redraw(parameters: Tensor1D, pictures: Tensor4D): Tensor2D {
    const { redrawn, ...judged } = this.pass(parameters, pictures, true);
    this.tf.dispose({ ...judged });
    return redrawn;
  }

  /**
   * Of the pictures at these positions. The sum is the same whatever the number of threads. Where a
   * parameter is no finite number, all is NaN.
   * @param positions [batch] int32
   */
  lossGradient(parameters: Tensor1D, pictures: Tensor4D, positions: Tensor1D): LossAndGradient {
    const inputs = [parameters, pictures, positions];
    const outputs = runKernel(this.tf, 'LookalikeGradient', this.whole, inputs, 2);
    const [loss, gradient] = outputs as [Scalar, Tensor1D];
    return { loss, gradient };
  }

  /** @param bytes whether `redrawn` is wanted; else it is empty */
  private pass(
    parameters: Tensor1D,
    pictures: Tensor4D,
    bytes: boolean,
  ): JudgedPictures & { readonly redrawn: Tensor2D } {
    const attributes: KernelAttribute[] = [
      ...this.whole,
      { name: 'bytes', type: 'BOOL', value: bytes },
    ];
    const inputs = [parameters, pictures];
    const outputs = runKernel(this.tf, 'LookalikeRedraw', attributes, inputs, 4);
    const [codes, errors, losses, redrawn] = outputs as [Tensor2D, Tensor1D, Tensor1D, Tensor2D];
    return { codes, errors, losses, redrawn };
  }
}

/** The first convolutions of a network, as `native/network-attribute.h` reads them. */
function attributesOf(
  { input, encoderLength, convolutions }: Blueprint,
  count: number,
): readonly KernelAttribute[] {
  const layers = convolutions.slice(0, count).flatMap((layer) => {
    return [layer.height, layer.width, layer.outputs, Number(layer.relu), Number(layer.pooled)];
  });
  const value = [input.height, input.width, input.channels, encoderLength, ...layers];
  return [{ name: 'network', type: 'INT', value }];
}
