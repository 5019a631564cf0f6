import type { Layer } from '../domain/model.js';
import type { PictureBatch } from '../ports/networks.js';
import type { Embedder } from './embedder.js';
import type { Tensor2D, TensorFlow } from './tf.js';
import type { NamedTensor } from './weights-file.js';

/**
 * Two embedders side by side: the cosine of two pictures is the mean of the two's. They err on different
 * pictures, so that the mean errs on fewer than either.
 */
export class PairedEmbedder implements Embedder {
  constructor(
    private readonly tf: TensorFlow,
    private readonly first: Embedder,
    private readonly second: Embedder,
  ) {}

  get dimension(): number {
    return this.first.dimension + this.second.dimension;
  }

  get layers(): readonly Layer[] {
    return [...this.first.layers, ...this.second.layers];
  }

  embeddings(pictures: PictureBatch): Tensor2D {
    const { tf } = this;
    const both = [this.first.embeddings(pictures), this.second.embeddings(pictures)];
    return tf.mul<Tensor2D>(tf.concat(both, 1), Math.SQRT1_2);
  }

  stored(): NamedTensor[] {
    return [...this.first.stored(), ...this.second.stored()];
  }

  dispose(): void {
    this.first.dispose();
    this.second.dispose();
  }
}
