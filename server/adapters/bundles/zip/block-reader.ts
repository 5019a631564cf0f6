import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import yauzl from 'yauzl';

const BLOCK_BYTES = 256 * 1024;

/**
 * A file read in blocks, the last of which is kept: the lines of a zip's directory, and small files
 * that lie one after another, cost no read each.
 */
export class BlockReader extends yauzl.RandomAccessReader {
  private block: Uint8Array = new Uint8Array(0);
  private start = 0;

  constructor(private readonly file: FileHandle) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    const give = (bytes: Uint8Array) => {
      buffer.set(bytes, offset);
      callback(null, bytes.byteLength);
    };
    const kept = this.kept(position, position + length);
    if (kept) give(kept);
    else this.load(position, length).then(give, callback);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.range(start, end));
  }

  override close(callback: (error: Error | null) => void): void {
    this.file.close().then(() => callback(null), callback);
  }

  /** Copies: the block is shared. */
  private async *range(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end;) {
      const next = Math.min(end, at + BLOCK_BYTES);
      const bytes = this.kept(at, next) ?? (await this.load(at, next - at));
      // The file ends before; whoever reads counts the bytes.
      if (bytes.byteLength === 0) return;
      yield Buffer.from(bytes);
      at += bytes.byteLength;
    }
  }

  private kept(start: number, end: number): Uint8Array | null {
    const [from, to] = [start - this.start, end - this.start];
    return from >= 0 && to <= this.block.byteLength ? this.block.subarray(from, to) : null;
  }

  private async load(position: number, length: number): Promise<Uint8Array> {
    const block = Buffer.alloc(Math.max(BLOCK_BYTES, length));
    const { bytesRead } = await this.file.read(block, 0, block.byteLength, position);
    this.block = block.subarray(0, bytesRead);
    this.start = position;
    return this.block.subarray(0, length);
  }
}
