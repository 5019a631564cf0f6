import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Fingerprint } from '../../../domain/bundle.js';
import type { BundleWriter, ByteSink } from '../../../ports/bundles.js';
import {
  dataDescriptor,
  directoryRecord,
  endRecords,
  localHeader,
  stampOf,
} from './zip-records.js';
import type { ZipEntry } from './zip-records.js';

/** Small pieces go out together: a bundle of 70,000 pictures has 140,000 of a few hundred bytes. */
const PIECE_BYTES = 256 * 1024;

/**
 * Writes a zip of stored files, of any size and number, front to back. Of a file that has gone out
 * only its line of the directory is kept, some 130 bytes. (yazl keeps the files' bytes too, and looks
 * through all of them at each one: 70,000 take it half a minute.)
 */
export class ZipWriter implements BundleWriter {
  private readonly stamp = stampOf(new Date());
  private readonly directory: Uint8Array[] = [];
  private offset = 0;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;

  constructor(private readonly sink: ByteSink) {}

  async add(name: string, bytes: Uint8Array): Promise<void> {
    const entry = {
      name: Buffer.from(name),
      crc: crc32(bytes),
      size: bytes.byteLength,
      offset: this.offset,
      isStreamed: false,
    };
    await this.write(localHeader(entry, this.stamp));
    await this.write(bytes);
    this.list(entry);
  }

  async addPieces(name: string, pieces: AsyncIterable<Uint8Array>): Promise<Fingerprint> {
    const begun = { name: Buffer.from(name), crc: 0, size: 0, isStreamed: true };
    const { offset } = this;
    await this.write(localHeader(begun, this.stamp));
    const hash = createHash('sha256');
    let [crc, size] = [0, 0];
    for await (const piece of pieces) {
      crc = crc32(piece, crc);
      hash.update(piece);
      size += piece.byteLength;
      await this.write(piece);
    }
    await this.write(dataDescriptor({ crc, size }));
    this.list({ ...begun, crc, size, offset });
    return { size, sha256: hash.digest('hex') };
  }

  async finish(): Promise<void> {
    const start = this.offset;
    for (const record of this.directory) await this.write(record);
    await this.write(endRecords(this.directory.length, start, this.offset - start));
    await this.flush();
  }

  private list(entry: ZipEntry): void {
    this.directory.push(directoryRecord(entry, this.stamp));
  }

  private async write(bytes: Uint8Array): Promise<void> {
    this.offset += bytes.byteLength;
    if (bytes.byteLength >= PIECE_BYTES) {
      await this.flush();
      return this.sink(bytes);
    }
    this.waiting.push(bytes);
    this.waitingBytes += bytes.byteLength;
    if (this.waitingBytes >= PIECE_BYTES) await this.flush();
  }

  private async flush(): Promise<void> {
    const [first] = this.waiting;
    if (!first) return;
    const together = this.waiting.length === 1 ? first : Buffer.concat(this.waiting);
    this.waiting = [];
    this.waitingBytes = 0;
    await this.sink(together);
  }
}
