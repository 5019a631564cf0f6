/**
 * Does both steps for every item, in the order of the items: the first step of one beside the second
 * of the one before, but no step for two items at once. When it ends, well or not, no step goes on.
 */
export async function inTwoSteps<Item, Result>(
  items: AsyncIterable<Item>,
  first: (item: Item) => Promise<Result>,
  second: (item: Item, result: Result) => Promise<void>,
): Promise<void> {
  let last: Promise<void> = Promise.resolve();
  try {
    for await (const item of items) {
      const started = first(item);
      await Promise.allSettled([started, last]);
      await last;
      last = second(item, await started);
      // It is awaited, but only when the next item is there.
      last.catch(() => undefined);
    }
  } finally {
    await last;
  }
}
