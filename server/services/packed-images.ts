import type { Image } from '../domain/image.js';

const IDS_IN_A_BLOCK = 256;
/** Of a block, of an image beside the letters of its name, of what not every image has, and of what many share. */
const BLOCK_BYTES = 4 * IDS_IN_A_BLOCK + 200;
const IMAGE_BYTES = 200;
const DATE_BYTES = 100;
const THUMBNAIL_BYTES = 90;
const COMMON_BYTES = 400;

/** What many images of a dataset have in common. */
type Common = Pick<Image, 'datasetId' | 'format' | 'channels' | 'hasAlpha' | 'label' | 'split'>;

/**
 * Images in columns, with what many have in common kept once: images that are looked up at random are
 * read from memory, and ten of them as objects with strings of their own lie in a hundred places of it,
 * which takes longer than all else in a search. They are made objects when they are asked for.
 */
export class PackedImages {
  /** The row of each id, -1 where it has none: ids are given out one after another. */
  private readonly rows = new Map<number, Int32Array>();
  private readonly commons = new Map<string, Common>();
  private readonly common: Common[] = [];
  private readonly names: string[] = [];
  private readonly blobIds: string[] = [];
  private readonly thumbnailBlobIds: (string | null)[] = [];
  private readonly widths: number[] = [];
  private readonly heights: number[] = [];
  private readonly byteLengths: number[] = [];
  /** Of images that were added together it is one. */
  private readonly dates: Date[] = [];
  private bytes = 0;

  get isEmpty(): boolean {
    return this.names.length === 0;
  }

  /** About what they take in memory. */
  get byteLength(): number {
    return this.bytes;
  }

  has(id: number): boolean {
    return this.rowOf(id) >= 0;
  }

  get(id: number): Image | null {
    const row = this.rowOf(id);
    const common = this.common[row];
    const addedAt = this.dates[row];
    if (!common || !addedAt) return null;
    return {
      id,
      datasetId: common.datasetId,
      name: this.names[row] ?? '',
      blobId: this.blobIds[row] ?? '',
      format: common.format,
      width: this.widths[row] ?? 0,
      height: this.heights[row] ?? 0,
      channels: common.channels,
      hasAlpha: common.hasAlpha,
      thumbnailBlobId: this.thumbnailBlobIds[row] ?? null,
      byteLength: this.byteLengths[row] ?? 0,
      label: common.label,
      split: common.split,
      addedAt,
    };
  }

  /** An image that is not there yet. */
  add(image: Image): void {
    const { id, name, blobId, thumbnailBlobId, width, height, byteLength, addedAt } = image;
    this.blockOf(id)[id % IDS_IN_A_BLOCK] = this.names.length;
    this.common.push(this.shared(image));
    this.names.push(name);
    this.blobIds.push(blobId);
    this.thumbnailBlobIds.push(thumbnailBlobId);
    this.widths.push(width);
    this.heights.push(height);
    this.byteLengths.push(byteLength);
    const before = this.dates.at(-1);
    const isShared = before?.getTime() === addedAt.getTime();
    this.dates.push(isShared ? before : addedAt);
    this.bytes += IMAGE_BYTES + 2 * name.length;
    if (!isShared) this.bytes += DATE_BYTES;
    if (thumbnailBlobId !== null) this.bytes += THUMBNAIL_BYTES;
  }

  /** Its row stays empty. */
  delete(id: number): void {
    const block = this.rows.get(Math.floor(id / IDS_IN_A_BLOCK));
    if (block) block[id % IDS_IN_A_BLOCK] = -1;
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

  private shared(image: Common): Common {
    const { datasetId, format, channels, hasAlpha, label, split } = image;
    const key = JSON.stringify([datasetId, format, channels, hasAlpha, label, split]);
    const known = this.commons.get(key);
    if (known) return known;
    const common = { datasetId, format, channels, hasAlpha, label, split };
    this.commons.set(key, common);
    this.bytes += COMMON_BYTES + 2 * key.length;
    return common;
  }
}
