import type { Image } from '../domain/image.js';
import { inputLength } from '../domain/input-spec.js';
import type { InputSpec } from '../domain/model.js';
import type { ValidationMeasure } from '../domain/validation.js';
import {
  heldOutPlaces,
  placesAcrossLabels,
  placesInFixedOrder,
} from '../domain/validation-split.js';
import { copiesOf } from './own-copies.js';
import type { LoadedPictures } from './picture-loading.js';

/** Images of training that neighbours are searched for where none are held out, at most. */
const MAX_SEEN_QUERIES = 1000;
/** Altered copies, at most. */
const MAX_COPIES = 500;
/**
 * Images that neighbours are sought among: a third of those that are learned from, so that validation
 * takes a small part of the time of an epoch, but of few images all.
 */
const MIN_BASE = 1000;
const MAX_BASE = 10_000;
/** Images whose neighbours are shown. */
const PINNED = 10;

/** What every epoch of a run is validated with: pictures that stay the same. */
export interface ValidationSet {
  readonly input: InputSpec;
  readonly measure: ValidationMeasure;
  readonly seenInTraining: boolean;
  /** The probe images. */
  readonly queries: Pick<LoadedPictures, 'images' | 'pixels'>;
  /** Altered copies of the first so many queries; empty where labels are gone by. */
  readonly copies: Uint8Array;
  /** Of `training`, the places of the images in which neighbours are sought. */
  readonly base: readonly number[];
  readonly training: Pick<LoadedPictures, 'images' | 'pixels'>;
  /** Of the queries, the places of those whose neighbours are shown. */
  readonly pinned: readonly number[];
}

/**
 * Takes a share of the pictures out of training. Those that are left move together within their
 * array, as there may be gigabytes of them: the given pictures are used up.
 */
export function holdOut(
  loaded: LoadedPictures,
  input: InputSpec,
  share: number,
): { readonly training: LoadedPictures; readonly heldOut: LoadedPictures } {
  const { images, pixels, failures } = loaded;
  const out = heldOutPlaces(
    images.map(({ id }) => id),
    share,
  );
  const heldOut = { ...picked(loaded, input, [...out].sort(ascending)), failures: [] };
  if (out.size === 0) return { training: loaded, heldOut };
  const length = inputLength(input);
  const left = [...images.keys()].filter((place) => !out.has(place));
  left.forEach((from, to) => pixels.copyWithin(to * length, from * length, (from + 1) * length));
  const training = {
    images: left.flatMap((place) => images[place] ?? []),
    count: left.length,
    pixels: pixels.subarray(0, left.length * length),
    failures,
  };
  return { training, heldOut };
}

/**
 * Chooses what to validate with: the held-out images, or some that are learned from where none are
 * held out. Labels are gone by where at least half of the images bear one, and not all the same.
 * Null where there are not two images to compare. `onTurn` is awaited every 50 ms or so.
 */
export async function chooseValidationSet(
  training: LoadedPictures,
  heldOut: LoadedPictures,
  input: InputSpec,
  onTurn: () => Promise<void>,
): Promise<ValidationSet | null> {
  const seenInTraining = heldOut.count === 0;
  const order = placesInFixedOrder(training.images.map(({ id }) => id));
  const seen = seenInTraining ? Math.min(MAX_SEEN_QUERIES, Math.ceil(training.count / 4)) : 0;
  const probes = seenInTraining ? picked(training, input, order.slice(0, seen)) : heldOut;
  const baseCount = Math.min(MAX_BASE, Math.max(MIN_BASE, Math.floor(training.count / 3)));
  const base = order.slice(seen, seen + baseCount);
  const measure = measureFor(probes.images);
  const queries = measure === 'PRECISION_AT_10' ? labelled(probes, input) : probes;
  if (queries.count === 0 || base.length === 0) return null;
  const pinned = placesAcrossLabels(
    queries.images.map(({ label }) => label),
    PINNED,
  );
  const copies = measure === 'OWN_COPIES' ? await copiesOfFirst(queries, input, onTurn) : null;
  return {
    ...{ input, measure, seenInTraining, queries, base, training, pinned },
    copies: copies ?? new Uint8Array(),
  };
}

function measureFor(images: readonly Image[]): ValidationMeasure {
  const labels = images.flatMap(({ label }) => label ?? []);
  const tellsApart = new Set(labels).size > 1 && labels.length * 2 >= images.length;
  return tellsApart ? 'PRECISION_AT_10' : 'OWN_COPIES';
}

type SomePictures = Omit<LoadedPictures, 'failures'>;

function labelled(pictures: SomePictures, input: InputSpec): SomePictures {
  const places = [...pictures.images.keys()].filter((place) => pictures.images[place]?.label);
  return picked(pictures, input, places);
}

async function copiesOfFirst(
  { count, pixels }: SomePictures,
  input: InputSpec,
  onTurn: () => Promise<void>,
): Promise<Uint8Array> {
  const length = inputLength(input);
  const originals = pixels.subarray(0, Math.min(count, MAX_COPIES) * length);
  const copies = new Uint8Array(originals.length);
  for (const { start, pixels: some } of copiesOf(originals, input)) {
    copies.set(some, start * length);
    await onTurn();
  }
  return copies;
}

/** The pictures at these places, in the order of the places. */
function picked(
  { images, pixels }: SomePictures,
  input: InputSpec,
  places: readonly number[],
): SomePictures {
  return {
    images: places.flatMap((place) => images[place] ?? []),
    count: places.length,
    pixels: rowsAt(pixels, inputLength(input), places),
  };
}

/** Rows of so many numbers, one after the other. */
export function rowsAt<Numbers extends Uint8Array | Float32Array>(
  rows: Numbers,
  length: number,
  places: readonly number[],
): Numbers {
  const some = rows.slice(0, places.length * length) as Numbers;
  places.forEach((place, at) => {
    some.set(rows.subarray(place * length, (place + 1) * length), at * length);
  });
  return some;
}

function ascending(a: number, b: number): number {
  return a - b;
}
