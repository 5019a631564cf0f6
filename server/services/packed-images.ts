import type { Image } from '../domain/image.js';

/** So few blocks that those of 100,000 images stay in the cache of the processor. */
const IDS_IN_A_BLOCK = 4096;
/** Of a block, of an image beside the letters of its name and its thumbnail, and of what many have in common. */
const BLOCK_BYTES = 4 * IDS_IN_A_BLOCK + 200;
const IMAGE_BYTES = 180;
const THUMBNAIL_BYTES = 90;
const MOMENT_BYTES = 140;
const KIND_BYTES = 400;
/** Of a row: what it has in common with others; blob, name and thumbnail; width, height and byte length. */
type Cell = Moment | string | number | null;

/** What many images of a dataset have in common. */
type Kind = Pick<Image, 'datasetId' | 'format' | 'channels' | 'hasAlpha' | 'label' | 'split'>;

/** Images of one kind that were added at one moment. */
interface Moment {
  readonly kind: Kind;
  readonly addedAt: Date;
}

/**
 * Images row by row, with what many have in common kept once: so that half as many more of them are kept
 * in the same memory, and one that is looked up is read from fewer places of it. They are made objects
 * when they are asked for.
 */
export class PackedImages {
  /** Where the row of each id begins, -1 where it has none: ids are given out one after another. */
  private readonly rows = new Map<number, Int32Array>();
  /** Of each kind of images, those that were added last. */
  private readonly latest = new Map<string, Moment>();
  /** Row behind row, in one array: a row in several would be read from as many places. */
  private readonly cells: Cell[] = [];
  private bytes = 0;

  get isEmpty(): boolean {
    return this.cells.length === 0;
  }

  /** About what they take in memory. */
  get byteLength(): number {
    return this.bytes;
  }

  has(id: number): boolean {
    return this.rowOf(id) >= 0;
  }

  /**
   * The images with these ids, null for each that is not there. All rows are found before any is read, and
   * all are begun before any is made an object: the processor then waits for the memory of all at once,
   * and would wait for one after another.
   */
  get(ids: readonly number[]): (Image | null)[] {
    const rows = ids.map((id) => this.rowOf(id));
    const moments = rows.map((row) => (row < 0 ? null : (this.cells[row] as Moment)));
    return moments.map((moment, at) => moment && this.imageOf(ids[at] ?? 0, rows[at] ?? 0, moment));
  }

  /** An image that is not there yet. */
  add(image: Image): void {
    const { id, name, blobId, thumbnailBlobId, width, height, byteLength } = image;
    this.blockOf(id)[id % IDS_IN_A_BLOCK] = this.cells.length;
    this.cells.push(this.momentOf(image), blobId, name, thumbnailBlobId, width, height, byteLength);
    this.bytes += IMAGE_BYTES + 2 * name.length;
    if (thumbnailBlobId !== null) this.bytes += THUMBNAIL_BYTES;
  }

  /** Its row stays empty. */
  delete(id: number): void {
    const block = this.rows.get(Math.floor(id / IDS_IN_A_BLOCK));
    if (block) block[id % IDS_IN_A_BLOCK] = -1;
  }

  private imageOf(id: number, row: number, { kind, addedAt }: Moment): Image {
    const { cells } = this;
    return {
      id,
      datasetId: kind.datasetId,
      name: cells[row + 2] as string,
      blobId: cells[row + 1] as string,
      format: kind.format,
      width: cells[row + 4] as number,
      height: cells[row + 5] as number,
      channels: kind.channels,
      hasAlpha: kind.hasAlpha,
      thumbnailBlobId: cells[row + 3] as string | null,
      byteLength: cells[row + 6] as number,
      label: kind.label,
      split: kind.split,
      addedAt,
    };
  }

  private rowOf(id: number): number {
    return this.rows.get(Math.floor(id / IDS_IN_A_BLOCK))?.[id % IDS_IN_A_BLOCK] ?? -1;
  }

  private blockOf(id: number): Int32Array {
    const place = Math.floor(id / IDS_IN_A_BLOCK);
    const known = this.rows.get(place);
    if (known) return known;
    const block = new Int32Array(IDS_IN_A_BLOCK).fill(-1);
    this.rows.set(place, block);
    this.bytes += BLOCK_BYTES;
    return block;
  }

  private momentOf(image: Image): Moment {
    const { datasetId, format, channels, hasAlpha, label, split, addedAt } = image;
    const key = JSON.stringify([datasetId, format, channels, hasAlpha, label, split]);
    const latest = this.latest.get(key);
    if (latest?.addedAt.getTime() === addedAt.getTime()) return latest;
    const kind = latest?.kind ?? { datasetId, format, channels, hasAlpha, label, split };
    const moment = { kind, addedAt };
    this.latest.set(key, moment);
    this.bytes += MOMENT_BYTES + (latest ? 0 : KIND_BYTES + 2 * key.length);
    return moment;
  }
}
