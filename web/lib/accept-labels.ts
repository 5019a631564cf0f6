/** A label for an image; null takes it away. */
export interface ImageLabel {
  readonly imageId: string;
  readonly label: string | null;
}

/** What was written: how many changed, and what they bore before, for taking it back. */
export interface Accepted {
  readonly changedCount: number;
  readonly previous: readonly ImageLabel[];
}

/** The API takes up to 5,000 at once; fewer show progress. */
export const LABELS_AT_A_TIME = 1000;

/**
 * Reads all pages to their end: what is accepted changes what the next page holds, so that all is read
 * before anything is written.
 * @param page up to `LABELS_AT_A_TIME` from an offset on
 */
export async function allPages(
  page: (offset: number) => Promise<readonly ImageLabel[]>,
): Promise<ImageLabel[]> {
  const all: ImageLabel[] = [];
  for (;;) {
    const found = await page(all.length);
    all.push(...found);
    if (found.length < LABELS_AT_A_TIME) return all;
  }
}

/**
 * Accepts labels, some at a time. Where one of the steps fails what was written before it stays, and is
 * told beside the reason.
 */
export async function acceptInSteps(
  labels: readonly ImageLabel[],
  accept: (some: readonly ImageLabel[]) => Promise<Accepted>,
  onProgress: (done: number) => void,
): Promise<Accepted & { readonly failure: unknown }> {
  const previous: ImageLabel[] = [];
  let changedCount = 0;
  for (let start = 0; start < labels.length; start += LABELS_AT_A_TIME) {
    onProgress(start);
    try {
      const some = labels.slice(start, start + LABELS_AT_A_TIME);
      // What is taken back comes from an answer, which bears `__typename` too: no input may.
      const accepted = await accept(some.map(({ imageId, label }) => ({ imageId, label })));
      changedCount += accepted.changedCount;
      previous.push(...accepted.previous);
    } catch (failure) {
      return { changedCount, previous, failure };
    }
  }
  return { changedCount, previous, failure: null };
}
