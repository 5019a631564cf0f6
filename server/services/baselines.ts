import type { Split } from '../domain/dataset.js';
import type { Baseline } from '../domain/evaluation.js';
import type { InputSpec } from '../domain/model.js';
import { inParts, type OnProgress } from '../domain/progress.js';
import type { ExactSearch, PlainComparisons } from '../ports/networks.js';
import { neighbourScores, type LabelledRows } from './neighbour-scores.js';
import type { LoadedPictures } from './picture-loading.js';

/** Fewer than for the model: pixels are many numbers, and their place is known to a hundredth. */
const MAX_QUERIES = 2000;
/** As the architecture `pixel-components` has them. */
const COMPONENTS = 128;
const WHITENING = 0.5;

/** What the baselines are measured on: the images that the model is, in the same order. */
export interface BaselineOrder {
  readonly comparisons: PlainComparisons;
  readonly exactSearch: ExactSearch;
  readonly input: InputSpec;
  readonly heldOut: Pick<LabelledRows, 'imageIds' | 'labels'>;
  readonly base: Pick<LabelledRows, 'imageIds' | 'labels'>;
  /** The pictures of a split as the model is fed them. */
  readonly pictures: (split: Split) => AsyncIterable<LoadedPictures>;
}

/**
 * Scores of comparing pictures by their pixels, and by the principal components of these. None where no
 * held-out image bears a label. `onProgress` is awaited several times a second.
 */
export async function measureBaselines(
  order: BaselineOrder,
  onProgress: OnProgress,
): Promise<Baseline[]> {
  const { comparisons, exactSearch, heldOut, base } = order;
  if (base.imageIds.length === 0 || heldOut.labels.every((label) => label === null)) return [];
  const [ofQueries, ofRows, comparing, fitting, projecting] = inParts(onProgress, 2, 6, 6, 4, 2);
  const { length } = comparisons.pixels(order.input);
  const queries = await pixelRows(order, 'TEST', heldOut, ofQueries);
  const rows = await pixelRows(order, 'TRAIN', base, ofRows);
  const scored = async (
    name: string,
    [asked, searched]: readonly [Float32Array, Float32Array],
    dimension: number,
    onScored: OnProgress,
  ): Promise<Baseline[]> => {
    const scores = await neighbourScores(
      exactSearch,
      { ...heldOut, vectors: asked },
      { ...base, vectors: searched },
      dimension,
      onScored,
      MAX_QUERIES,
    );
    return scores ? [{ name, scores }] : [];
  };
  const plain = await scored('pixels', [queries, rows], length, comparing);
  await fitting(0);
  const found = await comparisons.principalComponents(rows, length, COMPONENTS, WHITENING);
  await fitting(0.75);
  const projected = [await found.project(queries), await found.project(rows)] as const;
  return [...plain, ...(await scored('PCA', projected, found.dimension, projecting))];
}

/** A row of pixels for each of the images, in their order; zeros for one that is gone by now. */
async function pixelRows(
  { comparisons, input, pictures }: BaselineOrder,
  split: Split,
  { imageIds }: Pick<LabelledRows, 'imageIds'>,
  onProgress: OnProgress,
): Promise<Float32Array> {
  const { length, extract } = comparisons.pixels(input);
  const rowOf = new Map(imageIds.map((id, row) => [id, row]));
  const rows = new Float32Array(imageIds.length * length);
  let seen = 0;
  for await (const batch of pictures(split)) {
    const extracted = extract(batch);
    batch.images.forEach(({ id }, place) => {
      const row = rowOf.get(id);
      if (row === undefined) return;
      rows.set(extracted.subarray(place * length, (place + 1) * length), row * length);
    });
    seen += batch.count;
    await onProgress(Math.min(1, seen / Math.max(1, imageIds.length)));
  }
  return rows;
}
