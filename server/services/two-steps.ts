/** So many steps of either kind are under way at once. */
const AT_ONCE = 2;

/**
 * Does both steps for every item: the second steps are begun in the order of the items, each when the one
 * before the last has ended, and meanwhile go the first steps of the next two. When it ends, well or not, no
 * step goes on. Where the items break off, those that came have had both steps; behind a second step that has
 * failed, none is begun.
 */
export async function inTwoSteps<Item, Result>(
  items: AsyncIterable<Item>,
  first: (item: Item) => Promise<Result>,
  second: (item: Item, result: Result) => Promise<void>,
): Promise<void> {
  const begun: { readonly item: Item; readonly result: Promise<Result> }[] = [];
  const ending: Promise<void>[] = [];
  const failures: unknown[] = [];
  const goOn = async ({ item, result }: (typeof begun)[number]) => {
    if (ending.length === AT_ONCE) await ending.shift();
    const stored = await result;
    if (failures.length > 0) throw failures[0];
    const end = second(item, stored);
    end.catch((reason: unknown) => failures.push(reason));
    ending.push(end);
    begun.shift();
  };
  try {
    for await (const item of items) {
      begun.push({ item, result: awaitedLater(first(item)) });
      const [oldest] = begun;
      if (oldest && begun.length === AT_ONCE) await goOn(oldest);
    }
  } finally {
    // Items that break off take nothing from those that came before; after a first step that failed, it
    // fails here again.
    try {
      for (const each of [...begun]) if (failures.length === 0) await goOn(each);
    } finally {
      await Promise.allSettled([...ending, ...begun.map(({ result }) => result)]);
    }
    // The first is why: those behind it say no more than that.
    if (failures.length > 0) throw failures[0];
  }
}

/** A failure that nobody awaits in its moment would end the process. */
function awaitedLater<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}
