import { createGunzip, type Gunzip } from 'node:zlib';
import { damaged, MAX_BYTES, parseHeader, readPacked, requireLength } from './idx-file.js';

/** Unpacked in some 20 ms; its items are worked on while the next is unpacked. */
const CHUNK_BYTES = 4 * 1024 * 1024;
const NOTHING = new Uint8Array();

/**
 * A gzipped IDX file whose items, along the first axis of `shape`, can be taken while those behind them are
 * still being unpacked.
 */
export class UnpackingIdxFile {
  readonly shape: readonly number[];
  /**
   * Settles when all is unpacked, whether or not it is taken. Before that, items may be of a damaged file.
   * @throws LookalikeError IDX_CORRUPT
   */
  readonly whole: Promise<void>;
  private readonly itemLength: number;
  /** Items that are not taken yet. */
  private left: number;
  /** What is unpacked and not all taken yet. */
  private readonly chunks: Uint8Array[];
  /** How much of the first chunk is. */
  private taken = 0;
  private wake: () => void = () => undefined;

  private constructor(
    path: string,
    private readonly unpacked: Gunzip,
    first: Uint8Array,
    following: AsyncIterable<Uint8Array>,
  ) {
    const header = parseHeader(first);
    this.shape = header.shape;
    this.left = header.shape[0] ?? 0;
    this.itemLength = header.shape.slice(1).reduce((product, size) => product * size, 1);
    this.chunks = [first.subarray(header.length)];
    this.whole = this.unpack(header.dataLength, following).catch((thrown: unknown) => {
      throw damaged(path, thrown);
    });
    // Whoever awaits it is told; nobody need.
    this.whole.catch(() => undefined);
  }

  /** @throws LookalikeError SOURCE_FILES_MISSING, IDX_CORRUPT if it does not even begin like one */
  static async open(path: string): Promise<UnpackingIdxFile> {
    const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
    unpacked.end(await readPacked(path));
    const chunks: AsyncIterableIterator<Uint8Array> = unpacked[Symbol.asyncIterator]();
    try {
      const first = await chunks.next();
      return new UnpackingIdxFile(path, unpacked, first.done ? NOTHING : first.value, chunks);
    } catch (thrown) {
      unpacked.destroy();
      throw damaged(path, thrown);
    }
  }

  /**
   * Waits for the next items; there are fewer where no more are left.
   * @throws LookalikeError IDX_CORRUPT where it breaks off before
   */
  async take(count: number): Promise<Uint8Array[]> {
    const items: Uint8Array[] = [];
    while (items.length < count && this.left > 0) {
      const item = this.next();
      if (item) {
        items.push(item);
        this.left -= 1;
      } else {
        await this.more();
      }
    }
    return items;
  }

  /** Nobody takes any more: where it is not all unpacked, it ends so. */
  close(): void {
    this.unpacked.destroy();
  }

  /** Null where it is not all unpacked. */
  private next(): Uint8Array | null {
    const [first = NOTHING, second] = this.chunks;
    const end = this.taken + this.itemLength;
    if (end <= first.byteLength) {
      const item = first.subarray(this.taken, end);
      this.taken = end;
      return item;
    }
    if (!second) return null;
    const rest = first.subarray(this.taken);
    this.taken = 0;
    if (rest.byteLength === 0) {
      this.chunks.shift();
    } else {
      // Only an item that lies in two chunks is copied.
      const missing = this.itemLength - rest.byteLength;
      const tail = second.subarray(missing);
      const joined = Buffer.concat([rest, second.subarray(0, missing)]);
      this.chunks.splice(0, 2, joined, ...(tail.byteLength > 0 ? [tail] : []));
    }
    return this.next();
  }

  /** Waits for another chunk. Where none comes and items are left, it was not whole. */
  private async more(): Promise<void> {
    const another = new Promise<void>((resolve) => (this.wake = resolve));
    await Promise.race([this.whole, another]);
  }

  private async unpack(dataLength: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    let length = this.chunks[0]?.byteLength ?? 0;
    for await (const chunk of chunks) {
      length += chunk.byteLength;
      // Of a forged header that may be no number.
      if (!(length <= dataLength && length <= MAX_BYTES)) {
        throw new Error(`it should hold ${Math.min(dataLength, MAX_BYTES)} bytes and holds more`);
      }
      this.chunks.push(chunk);
      this.wake();
    }
    requireLength(length, dataLength);
  }
}
