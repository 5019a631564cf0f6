import type { EncoderBlueprint } from './encoder-blueprint.js';
import { runKernel } from './tf.js';
import type { KernelAttribute, Scalar, Tensor1D, Tensor2D, Tensor4D, TensorFlow } from './tf.js';

/** Pictures in a batch are a multiple of this: each block of so many is normalised by itself. */
export const BLOCK_PICTURES = 8;

export interface TargetGradient {
  /** Mean over the pictures. */
  readonly loss: Scalar;
  /** Of the loss, in each parameter. */
  readonly gradient: Tensor1D;
  /** Of the pictures, as the units normalise by them; the mean over the blocks. */
  readonly moments: Tensor1D;
}

/**
 * An encoder's functions, each one operation of `native`. All tensors that come out are the caller's.
 * @param parameters the flat vector, in training with the vectors of the targets [targets, dimension]
 * behind; @param pictures see `pictureTensor`
 */
export class EncoderKernels {
  private readonly encoder: readonly KernelAttribute[];

  constructor(
    private readonly tf: TensorFlow,
    { input, units, dimension }: EncoderBlueprint,
  ) {
    const ofUnits = units.flatMap(({ outputs, pooled, joined }) => {
      return [outputs, Number(pooled), Number(joined)];
    });
    const value = [input.height, input.width, input.channels, dimension, ...ofUnits];
    this.encoder = [{ name: 'encoder', type: 'INT', value }];
  }

  /**
   * @param moments the means and variances to normalise by
   * @returns the embeddings [count, dimension], not of length one
   */
  embed(parameters: Tensor1D, moments: Tensor1D, pictures: Tensor4D): Tensor2D {
    const inputs = [parameters, moments, pictures];
    const [embeddings] = runKernel(this.tf, 'LookalikeEmbed', this.encoder, inputs, 1);
    return embeddings as Tensor2D;
  }

  /**
   * Of the cross-entropy between softmax(scale * cosine(embedding, vector of a target)) and the wanted
   * shares (Wang et al.: NormFace, arXiv:1704.06369).
   * @param pictures as many as a multiple of BLOCK_PICTURES
   * @param wanted [count, targets]; a picture whose shares are all zero counts nothing
   */
  targetGradient(
    parameters: Tensor1D,
    pictures: Tensor4D,
    wanted: Tensor2D,
    scale: number,
  ): TargetGradient {
    const attributes: KernelAttribute[] = [
      ...this.encoder,
      { name: 'scale', type: 'FLOAT', value: scale },
    ];
    const inputs = [parameters, pictures, wanted];
    const outputs = runKernel(this.tf, 'LookalikeTargetGradient', attributes, inputs, 3);
    const [loss, gradient, moments] = outputs as [Scalar, Tensor1D, Tensor1D];
    return { loss, gradient, moments };
  }
}
