import { LABEL_MEMORY } from '../domain/model.js';
import type { Layer } from '../domain/model.js';
import type { PictureBatch } from '../ports/networks.js';
import type { Embedder } from './embedder.js';
import { LabelRecall } from './label-memory.js';
import type { LabelMemory } from './label-memory.js';
import type { Tensor2D, TensorFlow } from './tf.js';
import type { NamedTensor } from './weights-file.js';

/**
 * An embedder, and what is kept of the labels that it learned by: an embedding is the direction of the sum of
 * what it makes of a picture and of the label that the picture is taken to bear. Pictures of one label lie
 * together by it, and among each other as they lay before.
 */
export class LabelledEmbedder implements Embedder {
  private readonly recall: LabelRecall;

  /** @param weight of the label, beside a weight of one for the picture; it takes over the embedder */
  constructor(
    private readonly tf: TensorFlow,
    private readonly embedder: Embedder,
    memory: LabelMemory,
    private readonly weight: number,
  ) {
    this.recall = new LabelRecall(tf, memory, embedder.dimension);
  }

  get dimension(): number {
    return this.embedder.dimension;
  }

  get layers(): readonly Layer[] {
    return [
      ...this.embedder.layers,
      {
        name: 'labels',
        part: 'ENCODER',
        kind: LABEL_MEMORY,
        outputShape: [this.dimension],
        parameterCount: this.recall.parameterCount,
      },
    ];
  }

  embeddings(pictures: PictureBatch): Tensor2D {
    const { tf } = this;
    const rows = this.embedder.embeddings(pictures);
    const moved = tf.add(rows, tf.mul(this.recall.labelsOf(rows), this.weight));
    return tf.divNoNan<Tensor2D>(moved, tf.norm(moved, 2, 1, true));
  }

  stored(): NamedTensor[] {
    return [...this.embedder.stored(), ...this.recall.stored()];
  }

  dispose(): void {
    this.embedder.dispose();
    this.recall.dispose();
  }
}
