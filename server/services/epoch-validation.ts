import { inBatches } from '../domain/batches.js';
import { inputLength } from '../domain/input-spec.js';
import { inParts, type OnProgress } from '../domain/progress.js';
import { precisionAt } from '../domain/ranking-measures.js';
import { RECALL_K } from '../domain/recall-curve.js';
import type { EpochNeighbours } from '../domain/training-run.js';
import type { ValidationScore } from '../domain/validation.js';
import type { ExactSearch, Network } from '../ports/networks.js';
import { foundFirst } from './own-copies.js';
import { rowsAt, type ValidationSet } from './validation-set.js';

/** Neighbours of a probe image that are shown. */
const NEIGHBOURS = 8;
/** Searching takes as long as embedding so many pictures, roughly. */
const SEARCHING = 1000;
/** Numbers of input that are embedded between two signs of life. */
const NUMBERS_AT_A_TIME = 4_000_000;

export interface ValidatedEpoch {
  readonly validation: ValidationScore;
  readonly neighbours: readonly Pick<EpochNeighbours, 'imageId' | 'neighbourIds'>[];
}

type EncodingNetwork = Pick<Network, 'latentSize' | 'encode'>;

/** Measures a network that learns, by exact search. The same weights give the same score. */
export async function validateEpoch(
  network: EncodingNetwork,
  search: ExactSearch,
  set: ValidationSet,
  onProgress: OnProgress,
): Promise<ValidatedEpoch> {
  const { measure, seenInTraining, training, queries, pinned } = set;
  const dimension = network.latentSize;
  const everyPlace = [...queries.images.keys()];
  const [asking, encoding, searching] = inParts(
    onProgress,
    everyPlace.length,
    set.base.length,
    SEARCHING,
  );
  const asked = await encodePlaces(network, set, queries.pixels, everyPlace, asking);
  const base = await encodePlaces(network, set, training.pixels, set.base, encoding);
  const [scoring, showing] = inParts(searching, everyPlace.length, pinned.length);
  const scores =
    measure === 'PRECISION_AT_10'
      ? await precisions(search, set, asked, base, dimension, scoring)
      : await copiesFound(network, search, set, asked, base, scoring);
  const k = Math.min(NEIGHBOURS, set.base.length);
  const shown = rowsAt(asked, dimension, pinned);
  const nearest = await search.nearest(shown, base, dimension, k, showing);
  return {
    validation: {
      measure,
      value: scores.reduce((sum, score) => sum + score, 0) / scores.length,
      queryCount: scores.length,
      baseCount: set.base.length,
      seenInTraining,
    },
    neighbours: pinned.flatMap((place, row) => {
      const image = queries.images[place];
      const positions = [...nearest.subarray(row * k, (row + 1) * k)];
      const neighbourIds = positions.flatMap((position) => baseImage(set, position)?.id ?? []);
      return image ? [{ imageId: image.id, neighbourIds }] : [];
    }),
  };
}

/** Of each query, the share of its 10 nearest that bear its label. */
async function precisions(
  search: ExactSearch,
  set: ValidationSet,
  asked: Float32Array,
  base: Float32Array,
  dimension: number,
  onProgress: OnProgress,
): Promise<number[]> {
  const k = Math.min(RECALL_K, set.base.length);
  const nearest = await search.nearest(asked, base, dimension, k, onProgress);
  const labels = set.base.map((_, position) => baseImage(set, position)?.label);
  return set.queries.images.map(({ label }, row) => {
    const ranking = [...nearest.subarray(row * k, (row + 1) * k)];
    return precisionAt(
      ranking.map((position) => labels[position] === label),
      k,
    );
  });
}

/** 1 for each altered copy that finds its original first, among all probe images and the base. */
async function copiesFound(
  network: EncodingNetwork,
  search: ExactSearch,
  set: ValidationSet,
  asked: Float32Array,
  base: Float32Array,
  onProgress: OnProgress,
): Promise<number[]> {
  const originals = [...new Array(set.copies.length / inputLength(set.input)).keys()];
  const [encoding, finding] = inParts(onProgress, 3, 1);
  const copies = await encodePlaces(network, set, set.copies, originals, encoding);
  const all = new Float32Array(asked.length + base.length);
  all.set(asked);
  all.set(base, asked.length);
  return foundFirst(search, copies, originals, all, network.latentSize, finding);
}

function baseImage({ base, training }: ValidationSet, position: number) {
  return training.images[base[position] ?? -1];
}

/** The embeddings of the pictures at these places, [places.length, latentSize]. */
async function encodePlaces(
  network: EncodingNetwork,
  { input }: ValidationSet,
  pixels: Uint8Array,
  places: readonly number[],
  onProgress: OnProgress,
): Promise<Float32Array> {
  const length = inputLength(input);
  const vectors = new Float32Array(places.length * network.latentSize);
  let done = 0;
  for (const some of inBatches(places, Math.max(1, Math.floor(NUMBERS_AT_A_TIME / length)))) {
    const batch = { count: some.length, pixels: rowsAt(pixels, length, some) };
    vectors.set(await network.encode(batch), done * network.latentSize);
    done += some.length;
    await onProgress(done / places.length);
  }
  return vectors;
}
