import { checkImageFilter } from '../domain/image-filter.js';
import type { ImageFilter } from '../domain/image.js';
import type { Images } from '../ports/images.js';

/** So many ids are kept, about 80 MB of them. */
const MAX_IDS = 2_000_000;
/** What keeping an answer takes beside its ids and the letters of its filter, in ids. */
const OVERHEAD = 100;

interface Kept {
  readonly ids: Promise<ReadonlySet<number>>;
  /** In ids; 0 until they are found. */
  cost: number;
}

/** Which images meet a filter; the last answers are kept until `forget`. */
export class FilterMatches {
  /** By dataset and filter, the least recently used first. */
  private readonly kept = new Map<string, Kept>();
  private readonly listeners: ((datasetId: number) => void)[] = [];

  constructor(
    private readonly images: Images,
    private readonly maxIds = MAX_IDS,
  ) {}

  /** The ids of the images of a dataset that meet the filter; null where it asks for nothing. */
  async matching(datasetId: number, filter: ImageFilter): Promise<ReadonlySet<number> | null> {
    checkImageFilter(filter);
    const conditions = conditionsOf(filter);
    if (Object.keys(conditions).length === 0) return null;
    const key = `${prefixOf(datasetId)}${JSON.stringify(conditions)}`;
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known.ids;
    }
    const found: Kept = { ids: this.find(datasetId, filter), cost: 0 };
    this.kept.set(key, found);
    try {
      const ids = await found.ids;
      found.cost = ids.size + key.length + OVERHEAD;
      this.dropOldest();
      return ids;
    } catch (thrown) {
      if (this.kept.get(key) === found) this.kept.delete(key);
      throw thrown;
    }
  }

  /** Call after every change of the images of the dataset. */
  forget(datasetId: number): void {
    for (const key of this.kept.keys()) {
      if (key.startsWith(prefixOf(datasetId))) this.kept.delete(key);
    }
    for (const listener of this.listeners) listener(datasetId);
  }

  /** Calls the listener at every `forget`. */
  onForget(listener: (datasetId: number) => void): void {
    this.listeners.push(listener);
  }

  private async find(datasetId: number, filter: ImageFilter): Promise<ReadonlySet<number>> {
    return new Set(await this.images.ids(datasetId, filter));
  }

  private dropOldest(): void {
    let total = [...this.kept.values()].reduce((sum, { cost }) => sum + cost, 0);
    for (const [key, { cost }] of this.kept) {
      if (total <= this.maxIds) return;
      if (cost === 0) continue;
      this.kept.delete(key);
      total -= cost;
    }
  }
}

function prefixOf(datasetId: number): string {
  return `${datasetId} `;
}

/** What a filter asks, in one order and without what it leaves open. */
function conditionsOf({ split, label, metadata, addedFrom, addedBefore }: ImageFilter): object {
  return {
    ...(split ? { split } : {}),
    ...(label === null || label === undefined ? {} : { label }),
    ...(metadata && metadata.length > 0
      ? { metadata: metadata.map(({ key, value }) => [key, value]) }
      : {}),
    ...(addedFrom ? { addedFrom: addedFrom.getTime() } : {}),
    ...(addedBefore ? { addedBefore: addedBefore.getTime() } : {}),
  };
}
