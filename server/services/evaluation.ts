import { estimateMean } from '../domain/bootstrap.js';
import {
  MAX_WORST_QUERIES,
  type Baseline,
  type Evaluation,
  type EvaluationDetails,
  type WorstQuery,
} from '../domain/evaluation.js';
import { inputLength } from '../domain/input-spec.js';
import { labelScores } from '../domain/label-scores.js';
import { inParts, type OnProgress } from '../domain/progress.js';
import { spreadPlaces } from '../domain/spread.js';
import type { ExactSearch, Network } from '../ports/networks.js';
import type { VectorIndex } from '../ports/vector-indexes.js';
import { indexPrecisions } from './index-scores.js';
import {
  measureQueries,
  scoresOf,
  type LabelledRows,
  type MeasuredQuery,
} from './neighbour-scores.js';
import { findOwnCopies, imagesToCopy, type PictureRows } from './own-copies.js';
import type { LoadedPictures } from './picture-loading.js';
import { RecallMeasuring } from './recall-measuring.js';

/** Reconstruction errors that an interval is drawn from, at most. */
const MAX_ERRORS = 10_000;

/** A split as a network sees it. */
export interface SeenSplit extends LabelledRows {
  /** Of each image, in the order of the ids. */
  readonly reconstructionErrors: Float32Array;
}

/** What a model is evaluated on. */
export interface EvaluationOrder {
  readonly network: Network;
  readonly exactSearch: ExactSearch;
  /** Over `base`. */
  readonly index: VectorIndex;
  /** Candidates that a search of the index looks at. */
  readonly efSearch: number;
  /** The TEST split, whose images are the queries. */
  readonly heldOut: SeenSplit;
  /** The TRAIN split, in which neighbours are sought. */
  readonly base: SeenSplit;
  /** The pictures of the TEST split. */
  readonly pictures: AsyncIterable<LoadedPictures>;
  readonly baselines: readonly Baseline[];
}

/** Measures a model on what its training never saw. `onProgress` is awaited several times a second. */
export async function evaluate(
  order: EvaluationOrder,
  onProgress: OnProgress,
): Promise<Evaluation> {
  const { network, exactSearch, index, efSearch, heldOut, base, baselines } = order;
  const [querying, ranking, recalling, seeing, copying, estimating] = inParts(
    ...([onProgress, 60, 10, 5, 17, 3, 5] as const),
  );
  const dimension = network.latentSize;
  const queries = await measureQueries(exactSearch, heldOut, base, dimension, querying);
  const labelOf = new Map(base.imageIds.map((id, position) => [id, base.labels[position] ?? null]));
  const precisions = await indexPrecisions(index, efSearch, queries, labelOf, ranking);
  const recalls = await indexRecalls(order, () => recalling(0.5));
  const seen = await seePictures(order, seeing);
  const copies = await findOwnCopies(
    ...([network, exactSearch, seen.copied, heldOut, copying] as const),
  );
  const scores = await scoresOf(queries, () => estimating(0.1));
  const precisionAt10Index = estimateMean(precisions);
  await estimating(0.5);
  const recallAt10 = estimateMean(recalls);
  const labels = labelScores(queries.map(withNeighbourLabels));
  await estimating(0.7);
  const details: EvaluationDetails = {
    ...{ scores, precisionAt10Index, recallAt10, ...labels },
    worstQueries: worstOf(queries),
    baselines,
    reconstructionError: estimateMean(someOf(heldOut.reconstructionErrors)),
    ownCopies: estimateMean(copies),
    ownCopyCount: copies.length,
  };
  await onProgress(1);
  return {
    queryCount: queries.length,
    precisionAt10Exact: scores?.precisionAt10.value ?? null,
    precisionAt10Index: precisionAt10Index?.value ?? null,
    recallQueryCount: recalls.length,
    recallAt10: recallAt10?.value ?? null,
    testLoss: seen.loss,
    details,
  };
}

/** Of held-out images, the share of the exact 10 nearest that the index finds. */
async function indexRecalls(
  { network, exactSearch, index, efSearch, heldOut, base }: EvaluationOrder,
  onTurn: () => Promise<void>,
): Promise<readonly number[]> {
  if (heldOut.imageIds.length === 0) return [];
  const measuring = await RecallMeasuring.prepare(
    ...([exactSearch, index, base, heldOut, network.latentSize, onTurn] as const),
  );
  return measuring ? measuring.recallsAt(efSearch) : [];
}

/** One pass over the held-out pictures: their mean loss, and the pixels of those to be copied. */
async function seePictures(
  { network, heldOut, pictures }: EvaluationOrder,
  onProgress: OnProgress,
): Promise<{ readonly loss: number | null; readonly copied: PictureRows }> {
  const wanted = new Set(imagesToCopy(heldOut));
  const length = inputLength(network.input);
  const pixels = new Uint8Array(wanted.size * length);
  const imageIds: number[] = [];
  const all: { loss: number | null; count: number } = { loss: 0, count: 0 };
  for await (const batch of pictures) {
    if (batch.count === 0) continue;
    const loss = await network.loss(batch);
    all.loss = loss === null || all.loss === null ? null : all.loss + loss * batch.count;
    all.count += batch.count;
    batch.images.forEach(({ id }, place) => {
      if (!wanted.delete(id)) return;
      const own = batch.pixels.subarray(place * length, (place + 1) * length);
      pixels.set(own, imageIds.length * length);
      imageIds.push(id);
    });
    await onProgress(Math.min(1, all.count / heldOut.imageIds.length));
  }
  const copied = { imageIds, pixels: pixels.subarray(0, imageIds.length * length) };
  return { loss: all.loss === null || all.count === 0 ? null : all.loss / all.count, copied };
}

/** Those with the fewest neighbours that share the label; of equal ones, the worse ranking. */
function worstOf(queries: readonly MeasuredQuery[]): WorstQuery[] {
  return queries
    .filter(({ precisionAt10 }) => precisionAt10 < 1)
    .sort(
      (a, b) =>
        a.precisionAt10 - b.precisionAt10 ||
        a.averagePrecision - b.averagePrecision ||
        a.imageId - b.imageId,
    )
    .slice(0, MAX_WORST_QUERIES)
    .map(({ imageId, label, precisionAt10, neighbours }): WorstQuery => {
      return { imageId, label, precisionAt10, neighbours };
    });
}

function withNeighbourLabels({ label, precisionAt10, neighbours }: MeasuredQuery) {
  return { label, precisionAt10, neighbourLabels: neighbours.map((neighbour) => neighbour.label) };
}

function someOf(errors: Float32Array): number[] {
  return spreadPlaces(errors.length, MAX_ERRORS).map((place) => errors[place] ?? 0);
}
