/** So many first steps may be ahead of the second step that goes on. */
const AHEAD = 2;

/**
 * Does both steps for every item: the second steps one after another, in the order of the items, and
 * meanwhile the first steps of the next two. When it ends, well or not, no step goes on; where the items
 * break off, those that came have had both steps.
 */
export async function inTwoSteps<Item, Result>(
  items: AsyncIterable<Item>,
  first: (item: Item) => Promise<Result>,
  second: (item: Item, result: Result) => Promise<void>,
): Promise<void> {
  const begun: { readonly item: Item; readonly result: Promise<Result> }[] = [];
  let last: Promise<void> = Promise.resolve();
  const goOn = async ({ item, result }: (typeof begun)[number]) => {
    await last;
    last = awaitedLater(second(item, await result));
    begun.shift();
  };
  try {
    for await (const item of items) {
      begun.push({ item, result: awaitedLater(first(item)) });
      const [oldest] = begun;
      if (oldest && begun.length === AHEAD) await goOn(oldest);
    }
  } finally {
    // Items that break off take nothing from those that came before; after a step that failed, it
    // fails here again.
    try {
      for (const each of [...begun]) await goOn(each);
      await last;
    } finally {
      await Promise.allSettled([last, ...begun.map(({ result }) => result)]);
    }
  }
}

/** A failure that nobody awaits in its moment would end the process. */
function awaitedLater<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}
