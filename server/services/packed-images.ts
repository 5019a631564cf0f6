import type { Image } from '../domain/image.js';

const IDS_IN_A_BLOCK = 256;
/** Of a block, of an image beside the letters of its name and its thumbnail, and of what many have in common. */
const BLOCK_BYTES = 4 * IDS_IN_A_BLOCK + 200;
const IMAGE_BYTES = 180;
const THUMBNAIL_BYTES = 90;
const MOMENT_BYTES = 140;
const KIND_BYTES = 400;
/** Of a row: name, blob and thumbnail; width, height and byte length. */
const WORDS = 3;
const NUMBERS = 3;

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
  /** The row of each id, -1 where it has none: ids are given out one after another. */
  private readonly rows = new Map<number, Int32Array>();
  /** Of each kind of images, those that were added last. */
  private readonly latest = new Map<string, Moment>();
  /** Of each row. */
  private readonly moments: Moment[] = [];
  private readonly words: (string | null)[] = [];
  private readonly numbers: number[] = [];
  private bytes = 0;

  get isEmpty(): boolean {
    return this.moments.length === 0;
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
    const moment = this.moments[row];
    if (!moment) return null;
    const { kind, addedAt } = moment;
    const { words, numbers } = this;
    const [word, number] = [row * WORDS, row * NUMBERS];
    return {
      id,
      datasetId: kind.datasetId,
      name: words[word] ?? '',
      blobId: words[word + 1] ?? '',
      format: kind.format,
      width: numbers[number] ?? 0,
      height: numbers[number + 1] ?? 0,
      channels: kind.channels,
      hasAlpha: kind.hasAlpha,
      thumbnailBlobId: words[word + 2] ?? null,
      byteLength: numbers[number + 2] ?? 0,
      label: kind.label,
      split: kind.split,
      addedAt,
    };
  }

  /** An image that is not there yet. */
  add(image: Image): void {
    const { id, name, blobId, thumbnailBlobId, width, height, byteLength } = image;
    this.blockOf(id)[id % IDS_IN_A_BLOCK] = this.moments.length;
    this.moments.push(this.momentOf(image));
    this.words.push(name, blobId, thumbnailBlobId);
    this.numbers.push(width, height, byteLength);
    this.bytes += IMAGE_BYTES + 2 * name.length;
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
