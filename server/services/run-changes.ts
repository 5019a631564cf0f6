/** News of training runs, as `Events` tells it. */
export type RunChanges = AsyncIterableIterator<{ readonly runId: number }>;

/** Of followers that wait for `changes`: one that is ended ends at once, not with the next change. */
export function endedAtOnce<T>(
  progress: AsyncGenerator<T>,
  changes: RunChanges,
): AsyncGenerator<T> {
  const end = progress.return.bind(progress);
  // A generator that waits for an event would not end before one comes: end its source first.
  progress.return = async (value) => {
    await changes.return?.();
    return end(value);
  };
  return progress;
}

/** Waits for the next change of one of these runs; false when there will be none. */
export async function nextChangeOf(
  changes: RunChanges,
  runIds: ReadonlySet<number>,
): Promise<boolean> {
  for (;;) {
    const next = await changes.next();
    if (next.done) return false;
    if (runIds.has(next.value.runId)) return true;
  }
}
