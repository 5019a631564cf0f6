import { turnOfTheEventLoop } from '../domain/event-loop.js';
import type {
  BlobId,
  Image,
  ImageFilter,
  ImageWindow,
  MetadataEntry,
  NewImage,
} from '../domain/image.js';
import type { ImageDescription, Images } from '../ports/images.js';
import { PackedImages } from './packed-images.js';

/** About 64 MB: the 200,000 or so images that were looked up last. */
const MOST_BYTES = 64_000_000;
/** Rows read before the event loop gets a turn: some 2 ms. */
const AHEAD_AT_A_TIME = 250;

/**
 * The table of images with those last looked up in memory: an answer needs ten of them, and reading a
 * row takes SQLite longer than finding a neighbour. Right only where every change of an image goes
 * through this object: the server's process is the only one that writes images.
 */
export class RememberedImages implements Images {
  /** Those looked up of late, and those of the time before: half of what may be kept in each. */
  private recent = new PackedImages();
  private earlier = new PackedImages();
  /** Goes up with every change, at its begin and its end: what was read across one is not kept. */
  private changes = 0;

  constructor(
    private readonly images: Images,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  known(ids: readonly number[]): (Image | null)[] {
    const recent = this.recent.get(ids);
    return recent.includes(null) ? ids.map((id, at) => recent[at] ?? this.older(id)) : recent;
  }

  async byId(id: number): Promise<Image | null> {
    const [image] = await this.byIds([id]);
    return image ?? null;
  }

  async byIds(ids: readonly number[]): Promise<Image[]> {
    const inMemory = this.known(ids);
    const missing = ids.filter((_, at) => !inMemory[at]);
    const known = inMemory.filter((image) => image !== null);
    if (missing.length === 0) return known;
    const before = this.changes;
    const read = await this.images.byIds(missing);
    // Of those that were known one may have changed by now, and of those that were read.
    if (before !== this.changes) return this.images.byIds(ids);
    for (const image of read) this.keep(image);
    const found = new Map([...known, ...read].map((image) => [image.id, image]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** Looks up images of a dataset ahead of the first search, the oldest first, while there is room. */
  async lookAhead(datasetId: number): Promise<void> {
    let afterId = 0;
    while (this.earlier.isEmpty) {
      const before = this.changes;
      const page = await this.images.page(datasetId, {}, { afterId, limit: AHEAD_AT_A_TIME });
      if (before !== this.changes) continue;
      const last = page.at(-1);
      if (!last) return;
      for (const image of page) this.keep(image);
      afterId = last.id;
      await turnOfTheEventLoop();
    }
  }

  describe(id: number, description: ImageDescription): Promise<boolean> {
    return this.changing([id], () => this.images.describe(id, description));
  }

  relabel(labels: ReadonlyMap<number, string | null>): Promise<Map<number, string | null>> {
    return this.changing([...labels.keys()], () => this.images.relabel(labels));
  }

  deleteMany(ids: readonly number[]): Promise<BlobId[]> {
    return this.changing(ids, () => this.images.deleteMany(ids));
  }

  /** Ids are never given out twice, so that nothing is known of new ones. */
  insertMany(images: readonly NewImage[]): Promise<void> {
    return this.images.insertMany(images);
  }

  importMany(images: readonly NewImage[]): Promise<void> {
    return this.images.importMany(images);
  }

  byNames(datasetId: number, names: readonly string[]): Promise<Image[]> {
    return this.images.byNames(datasetId, names);
  }

  page(datasetId: number, filter: ImageFilter, window: ImageWindow): Promise<Image[]> {
    return this.images.page(datasetId, filter, window);
  }

  count(datasetId: number, filter: ImageFilter): Promise<number> {
    return this.images.count(datasetId, filter);
  }

  ids(datasetId: number, filter: ImageFilter): Promise<number[]> {
    return this.images.ids(datasetId, filter);
  }

  idsByLabel(datasetId: number): Promise<Map<string | null, number[]>> {
    return this.images.idsByLabel(datasetId);
  }

  names(datasetId: number): Promise<Set<string>> {
    return this.images.names(datasetId);
  }

  metadata(ids: readonly number[]): Promise<Map<number, MetadataEntry[]>> {
    return this.images.metadata(ids);
  }

  metadataKeys(datasetId: number): Promise<string[]> {
    return this.images.metadataKeys(datasetId);
  }

  exactDuplicates(datasetId: number): Promise<number[][]> {
    return this.images.exactDuplicates(datasetId);
  }

  idsToEmbed(
    datasetId: number,
    modelId: number,
    afterId: number,
    limit: number,
  ): Promise<number[]> {
    return this.images.idsToEmbed(datasetId, modelId, afterId, limit);
  }

  private older(id: number): Image | null {
    const [image = null] = this.earlier.get([id]);
    if (image) this.keep(image);
    return image;
  }

  private keep(image: Image): void {
    if (this.recent.has(image.id)) return;
    this.recent.add(image);
    if (this.recent.byteLength < this.mostBytes / 2) return;
    this.earlier = this.recent;
    this.recent = new PackedImages();
  }

  /** Forgets at both ends: what is read meanwhile may be of before, and must not stay. */
  private async changing<T>(ids: readonly number[], change: () => Promise<T>): Promise<T> {
    this.forget(ids);
    try {
      return await change();
    } finally {
      this.forget(ids);
    }
  }

  private forget(ids: readonly number[]): void {
    this.changes += 1;
    for (const id of ids) {
      this.recent.delete(id);
      this.earlier.delete(id);
    }
  }
}
