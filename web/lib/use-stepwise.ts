import { useEffect, useState } from 'react';

/** As many as are drawn well within a frame, with their pictures, also where those are each a request. */
const ITEMS_A_FRAME = 4;

/**
 * A list that comes all at once, taken over a few items a frame in place of what was shown before: no
 * frame has to draw, or to fetch the pictures of, all of them.
 * @returns the list itself as soon as all of it is shown
 */
export function useStepwise<Item>(items: readonly Item[]): readonly Item[] {
  const [shown, setShown] = useState<readonly Item[]>([]);
  useEffect(() => {
    if (shown === items) return;
    const frame = requestAnimationFrame(() => setShown(stepTowards(items, shown, ITEMS_A_FRAME)));
    return () => cancelAnimationFrame(frame);
  }, [items, shown]);
  return shown;
}

/** The first items that differ, so many, taken over; what is past the end goes at once. */
export function stepTowards<Item>(
  items: readonly Item[],
  shown: readonly Item[],
  step: number,
): readonly Item[] {
  const differs = items.findIndex((item, place) => item !== shown[place]);
  const end = differs + step;
  if (differs < 0 || end >= items.length) return items;
  return [...items.slice(0, end), ...shown.slice(end, items.length)];
}
