import type { Split } from '../../server/domain/dataset.js';

/** What is said of an image. */
export interface Words {
  readonly label: string | null;
  readonly split: Split;
  /** Pairs, in any order. */
  readonly metadata: readonly (readonly [string, string])[];
}

export interface LedgerImage {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  words: Words;
}

/** What a request would have done that was cut off: it may be done, or not, but not by half. */
interface DoubtfulChange {
  readonly ids: readonly string[];
  readonly before: ReadonlyMap<string, Words>;
  readonly after: ReadonlyMap<string, Words>;
}

export interface PlannedImage {
  readonly name: string;
  readonly sha256: string;
  readonly words: Words;
}

/** What a server has acknowledged of one dataset, and what it was asked for without an answer. */
export class Ledger {
  readonly images = new Map<string, LedgerImage>();
  readonly deleted = new Map<string, LedgerImage>();
  readonly doubtfulAdditions = new Map<string, PlannedImage>();
  readonly doubtfulDeletions = new Set<string>();
  doubtfulChanges: DoubtfulChange[] = [];
  /** Of images that a request under way is about. */
  readonly busy = new Set<string>();
  private names = 0;

  constructor(readonly datasetId: string) {}

  nextName(): string {
    this.names += 1;
    return `picture-${this.names}.png`;
  }

  planned(images: readonly PlannedImage[]): void {
    for (const image of images) this.doubtfulAdditions.set(image.name, image);
  }

  added(name: string, id: string): void {
    const image = this.doubtfulAdditions.get(name);
    if (!image) throw new Error(`Nobody has sent ${name}.`);
    this.doubtfulAdditions.delete(name);
    this.images.set(id, { ...image, id });
  }

  refused(name: string): void {
    this.doubtfulAdditions.delete(name);
  }

  gone(id: string): void {
    const image = this.images.get(id);
    if (image) this.deleted.set(id, image);
    this.images.delete(id);
    this.doubtfulDeletions.delete(id);
  }

  /** @returns what to call when it is acknowledged */
  changing(after: ReadonlyMap<string, Words>): () => void {
    const ids = [...after.keys()];
    const before = new Map(ids.flatMap((id) => this.wordsOf(id)));
    const change = { ids, before, after };
    this.doubtfulChanges.push(change);
    return () => {
      this.doubtfulChanges = this.doubtfulChanges.filter((each) => each !== change);
      for (const [id, words] of after) this.said(id, words);
    };
  }

  said(id: string, words: Words): void {
    const image = this.images.get(id);
    if (image) image.words = words;
  }

  /** Images that no request under way is about, and none is in doubt. */
  get settled(): LedgerImage[] {
    const inDoubt = new Set(this.doubtfulChanges.flatMap(({ ids }) => ids));
    return [...this.images.values()].filter(
      ({ id }) => !this.busy.has(id) && !inDoubt.has(id) && !this.doubtfulDeletions.has(id),
    );
  }

  private wordsOf(id: string): [string, Words][] {
    const image = this.images.get(id);
    return image ? [[id, image.words]] : [];
  }
}

/** The same for the same words, whatever the order of the metadata. */
export function keyOf({ label, split, metadata }: Words): string {
  return JSON.stringify([label, split, metadata.map((pair) => pair.join('=')).sort()]);
}
