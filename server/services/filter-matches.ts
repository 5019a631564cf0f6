import type { ImageFilter } from '../domain/image.js';
import type { Images } from '../ports/images.js';

const MAX_KEPT = 32;

/** Which images meet a filter; the last few answers are kept until `forget`. */
export class FilterMatches {
  /** By dataset and filter, the least recently used first. */
  private readonly kept = new Map<string, Promise<ReadonlySet<number>>>();

  constructor(private readonly images: Images) {}

  /** The ids of the images of a dataset that meet the filter; null where it asks for nothing. */
  async matching(datasetId: number, filter: ImageFilter): Promise<ReadonlySet<number> | null> {
    const conditions = conditionsOf(filter);
    if (Object.keys(conditions).length === 0) return null;
    const key = `${prefixOf(datasetId)}${JSON.stringify(conditions)}`;
    const known = this.kept.get(key);
    const finding = known ?? this.find(datasetId, filter);
    this.kept.delete(key);
    this.kept.set(key, finding);
    if (!known) {
      finding.catch(() => this.kept.delete(key));
      this.dropOldest();
    }
    return finding;
  }

  /** Call after every change of the images of the dataset. */
  forget(datasetId: number): void {
    for (const key of this.kept.keys()) {
      if (key.startsWith(prefixOf(datasetId))) this.kept.delete(key);
    }
  }

  private async find(datasetId: number, filter: ImageFilter): Promise<ReadonlySet<number>> {
    return new Set(await this.images.ids(datasetId, filter));
  }

  private dropOldest(): void {
    for (const key of this.kept.keys()) {
      if (this.kept.size <= MAX_KEPT) return;
      this.kept.delete(key);
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
