import { mixSeeds, seededRandom } from './random.js';

/** Images that are held out for validation, at most: the score of so many is within a hundredth. */
const MAX_HELD_OUT = 1000;
/** Always the same, so that every run of a dataset is validated on the same images. */
const SEED = 5;

/**
 * The places of the images in an order that looks random and depends on each id alone: when images
 * come or go, the others keep their order.
 */
export function placesInFixedOrder(imageIds: readonly number[]): number[] {
  const keys = imageIds.map((id) => seededRandom(mixSeeds(SEED, id))());
  return [...imageIds.keys()].sort(
    (a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || (imageIds[a] ?? 0) - (imageIds[b] ?? 0),
  );
}

/**
 * The places of the images that are kept from training to validate with: about this share of them,
 * at most 1,000, and never the last one. Those of a smaller share are among those of a larger one.
 */
export function heldOutPlaces(imageIds: readonly number[], share: number): ReadonlySet<number> {
  const wanted = Math.min(MAX_HELD_OUT, Math.round(share * imageIds.length));
  const count = Math.max(0, Math.min(wanted, imageIds.length - 1));
  return new Set(count === 0 ? [] : placesInFixedOrder(imageIds).slice(0, count));
}

/**
 * Some places to show: one of each label, the most frequent label first, then a second of each, and
 * so on. Images without a label are the last.
 * @param labels in the order in which they are preferred
 */
export function placesAcrossLabels(labels: readonly (string | null)[], count: number): number[] {
  const byLabel = new Map<string | null, number[]>();
  labels.forEach((label, place) => {
    const places = byLabel.get(label);
    if (places) places.push(place);
    else byLabel.set(label, [place]);
  });
  const without = byLabel.get(null) ?? [];
  byLabel.delete(null);
  const groups = [...byLabel.values()].sort((a, b) => b.length - a.length);
  const longest = groups[0]?.length ?? 0;
  const inTurns = Array.from({ length: longest }, (_, turn) =>
    groups.flatMap((places) => places[turn] ?? []),
  );
  return [...inTurns.flat(), ...without].slice(0, count);
}
