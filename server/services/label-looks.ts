import { Abandoned, untilAborted } from '../domain/aborting.js';
import { within } from '../domain/patience.js';

/** So long a new look is waited for where an older one can answer. */
const PATIENCE_MS = 300;

/** One look through the images of a dataset. */
interface Look<Review> {
  readonly modelId: number;
  /** Of the images that it looks at. */
  readonly stamp: string;
  readonly review: Promise<Review>;
  readonly stopping: AbortController;
  /** How many wait for it. */
  waiting: number;
  /** Share of the images that it has seen. */
  share: number;
  /** Whether images or labels have changed since it began. */
  isOutdated: boolean;
}

/** What is to be looked at, and how. */
export interface LookOrder<Review> {
  readonly datasetId: number;
  readonly modelId: number;
  readonly stamp: string;
  readonly begin: (onProgress: (share: number) => void, signal: AbortSignal) => Promise<Review>;
}

/**
 * The looks through datasets. One takes seconds, or half a minute where most of 60,000 images bear no label:
 * of each dataset there is one at a time, and the last that has ended answers until the next one does. One that
 * nobody waits for any more stops, but where the time of those who waited was over: they will ask again.
 */
export class LabelLooks<Review> {
  private readonly ended = new Map<number, Look<Review>>();
  private readonly going = new Map<number, Look<Review>>();

  /** How far the look through a dataset is, 0 to 1; null where none goes on. */
  progress(datasetId: number): number | null {
    return this.going.get(datasetId)?.share ?? null;
  }

  /** Call after every change of images or labels. */
  outdate(datasetId: number): void {
    for (const looks of [this.ended, this.going]) {
      const look = looks.get(datasetId);
      if (look) look.isOutdated = true;
    }
  }

  /** What the newest look says, and whether that is how things stand. Begins a look where that is needed. */
  async latest(
    order: LookOrder<Review>,
    signal?: AbortSignal,
  ): Promise<{ readonly review: Review; readonly isCurrent: boolean }> {
    const { datasetId, modelId, stamp } = order;
    const isCurrent = (look: Look<Review>) =>
      look.modelId === modelId && look.stamp === stamp && !look.isOutdated;
    const last = this.ended.get(datasetId);
    if (last && isCurrent(last)) return { review: await last.review, isCurrent: true };
    const going = this.going.get(datasetId);
    const next = going?.modelId === modelId ? going : this.begin(order);
    if (last?.modelId === modelId) {
      const isThere = next.review.then(() => true);
      const inTime = await within(PATIENCE_MS, isThere, false);
      if (!inTime) return { review: await last.review, isCurrent: false };
    }
    const review = await this.waitFor(next, datasetId, signal);
    return { review, isCurrent: isCurrent(next) };
  }

  private async waitFor(
    look: Look<Review>,
    datasetId: number,
    signal: AbortSignal | undefined,
  ): Promise<Review> {
    look.waiting += 1;
    try {
      return await untilAborted(look.review, signal);
    } finally {
      look.waiting -= 1;
      if (look.waiting === 0 && signal?.reason instanceof Abandoned) {
        // Whoever comes now begins another.
        if (this.going.get(datasetId) === look) this.going.delete(datasetId);
        look.stopping.abort(signal.reason);
      }
    }
  }

  private begin({ datasetId, modelId, stamp, begin }: LookOrder<Review>): Look<Review> {
    const stopping = new AbortController();
    const look: Look<Review> = {
      ...{ modelId, stamp, stopping, waiting: 0, share: 0, isOutdated: false },
      review: begin((share) => (look.share = share), stopping.signal),
    };
    this.going.set(datasetId, look);
    const leave = () => {
      if (this.going.get(datasetId) === look) this.going.delete(datasetId);
    };
    look.review.then(
      () => {
        leave();
        this.ended.set(datasetId, look);
      },
      // Whoever asked is told.
      leave,
    );
    return look;
  }
}
