import type { Layer } from '../domain/model.js';
import type { PictureBatch } from '../ports/networks.js';
import type { Tensor2D } from './tf.js';
import type { NamedTensor } from './weights-file.js';

/** From pictures to embeddings, as it stands. */
export interface Embedder {
  /** Numbers of an embedding. */
  readonly dimension: number;
  readonly layers: readonly Layer[];
  /** @returns [count, dimension], each of length one; to be called in a tidy of the caller's */
  embeddings(pictures: PictureBatch): Tensor2D;
  /** What of it was learned, by the names that it has in a file. */
  stored(): NamedTensor[];
  dispose(): void;
}

/** What the work comes to; where it throws, what is held for it is freed. */
export async function freedOnError<Result>(
  held: Pick<Embedder, 'dispose'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    held.dispose();
    throw thrown;
  }
}
