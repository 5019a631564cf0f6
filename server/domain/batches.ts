/** The items in order, in arrays of `size` and a last one of what is left. */
export function* inBatches<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/**
 * The items in order, in arrays whose sizes add up to at most `maxSize`; an item above that comes
 * alone.
 */
export function* inBatchesOfSize<T>(
  items: readonly T[],
  sizeOf: (item: T) => number,
  maxSize: number,
): Generator<readonly T[]> {
  let batch: T[] = [];
  let size = 0;
  for (const item of items) {
    if (batch.length > 0 && size + sizeOf(item) > maxSize) {
      yield batch;
      [batch, size] = [[], 0];
    }
    batch.push(item);
    size += sizeOf(item);
  }
  if (batch.length > 0) yield batch;
}
