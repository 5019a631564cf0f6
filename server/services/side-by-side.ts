/** Does the work for every item, at most `limit` at a time. @returns what came of it, in order */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const takeOneAfterAnother = async () => {
    for (const [position, item] of left) results[position] = await work(item);
  };
  await Promise.all(Array.from({ length: limit }, takeOneAfterAnother));
  return results;
}
