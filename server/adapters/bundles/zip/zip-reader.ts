import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { bundleInvalid, MAX_BUNDLE_IMAGES, type Fingerprint } from '../../../domain/bundle.js';
import { reasonOf, type LookalikeError } from '../../../domain/errors.js';
import type { BundleReader } from '../../../ports/bundles.js';
import { BlockReader } from './block-reader.js';

/** What a zip is to be. */
export interface ZipKind {
  readonly maxFiles: number;
  /** The error for one that is not. */
  readonly invalid: (what: string, cause?: unknown) => LookalikeError;
}

/** Originals, and what is said of them. */
const BUNDLE: ZipKind = { maxFiles: MAX_BUNDLE_IMAGES + 100, invalid: bundleInvalid };

/** No name that a bundle may have is longer; others are never looked up. */
const MAX_NAME_BYTES = 200;

/** Pictures are hardly ever squeezed that much by a zip; bombs are. */
const MAX_UNPACKED_SHARE = 100;

/** What is kept of a file's line in the zip's directory: enough to read it. */
type Place = Pick<
  yauzl.Entry,
  | 'compressedSize'
  | 'compressionMethod'
  | 'generalPurposeBitFlag'
  | 'relativeOffsetOfLocalHeader'
  | 'uncompressedSize'
>;

/** Reads a zip that anybody may have made. Stored and deflated files; no encrypted ones. */
export class ZipReader implements BundleReader {
  private constructor(
    private readonly zip: yauzl.ZipFile,
    private readonly places: ReadonlyMap<string, Place>,
    private readonly kind: ZipKind,
    readonly byteLength: number,
  ) {}

  /** Reads the directory of a zip. @throws LookalikeError BUNDLE_INVALID, or as the kind has it */
  static async open(path: string, kind: ZipKind = BUNDLE): Promise<ZipReader> {
    const file = await open(path);
    const { size } = await file.stat();
    return told(kind, 'the zip cannot be read', async () => {
      const zip = await zipIn(file, size);
      try {
        return new ZipReader(zip, await placesIn(kind, zip, size), kind, size);
      } catch (thrown) {
        zip.close();
        throw thrown;
      }
    });
  }

  /** Of all files, in the order of the directory. */
  names(): Iterable<string> {
    return this.places.keys();
  }

  sizeOf(name: string): number | null {
    return this.places.get(name)?.uncompressedSize ?? null;
  }

  async *open(name: string, { size, sha256 }: Fingerprint): AsyncGenerator<Uint8Array> {
    const declared = this.sizeOf(name);
    if (declared !== size) {
      throw this.kind.invalid(
        declared === null
          ? `${name} is not in it`
          : `${name} has ${declared} bytes instead of ${size}`,
      );
    }
    const hash = createHash('sha256');
    for await (const piece of this.pieces(name)) {
      hash.update(piece);
      yield piece;
    }
    if (hash.digest('hex') !== sha256)
      throw this.kind.invalid(`${name} does not match its checksum`);
  }

  async read(name: string, maxBytes: number, sha256: string | null): Promise<Uint8Array> {
    const size = this.sizeOf(name);
    if (size === null) throw this.kind.invalid(`${name} is not in it`);
    if (size > maxBytes) throw this.kind.invalid(`${name} has over ${maxBytes} bytes`);
    const pieces: Uint8Array[] = [];
    for await (const piece of this.pieces(name)) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    if (sha256 !== null && createHash('sha256').update(bytes).digest('hex') !== sha256) {
      throw this.kind.invalid(`${name} does not match its checksum`);
    }
    return bytes;
  }

  close(): void {
    this.zip.close();
  }

  /** Exactly as many bytes as the directory says, or an error. */
  private async *pieces(name: string): AsyncGenerator<Uint8Array> {
    const place = this.places.get(name);
    if (!place) throw this.kind.invalid(`${name} is not in it`);
    const entry = Object.assign(new yauzl.Entry(), place);
    if (entry.isEncrypted()) throw this.kind.invalid(`${name} is encrypted`);
    const stream = await told(this.kind, `${name} cannot be read`, () =>
      this.zip.openReadStreamPromise(entry),
    );
    const pieces = (stream as Readable & AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const piece = await told(this.kind, `${name} cannot be read`, () => pieces.next());
        if (piece.done === true) return;
        yield piece.value;
      }
    } finally {
      stream.destroy();
    }
  }
}

async function zipIn(file: FileHandle, size: number): Promise<yauzl.ZipFile> {
  const reader = new BlockReader(file);
  try {
    // Names stay bytes: unsafe ones need no refusal here, for none is ever made a path.
    const options = { autoClose: false, decodeStrings: false };
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, size, options);
    // A stream that fails says so itself.
    zip.on('error', () => undefined);
    return zip;
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
}

async function placesIn(
  { maxFiles, invalid }: ZipKind,
  zip: yauzl.ZipFile,
  byteLength: number,
): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  let [count, unpacked] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    count += 1;
    if (count > maxFiles) throw invalid(`it has over ${maxFiles} files`);
    unpacked += entry.uncompressedSize;
    if (unpacked > byteLength * MAX_UNPACKED_SHARE) {
      throw invalid(`it unpacks to over ${MAX_UNPACKED_SHARE} times its size`);
    }
    if (entry.fileNameRaw.byteLength > MAX_NAME_BYTES) continue;
    const name = entry.fileNameRaw.toString('utf8');
    if (places.has(name)) throw invalid(`it has two files named ${JSON.stringify(name)}`);
    const { compressedSize, compressionMethod, generalPurposeBitFlag } = entry;
    const { relativeOffsetOfLocalHeader, uncompressedSize } = entry;
    places.set(name, {
      compressedSize,
      compressionMethod,
      generalPurposeBitFlag,
      relativeOffsetOfLocalHeader,
      uncompressedSize,
    });
  }
  return places;
}

/** Faults of the zip are told as what they are; those of the disk stay what they are. */
async function told<T>({ invalid }: ZipKind, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const isOfDisk = thrown instanceof Error && 'syscall' in thrown;
    const isToldAlready =
      thrown instanceof Error && 'code' in thrown && thrown.code === invalid('').code;
    if (isOfDisk || isToldAlready) throw thrown;
    throw invalid(`${what} (${reasonOf(thrown)})`, thrown);
  }
}
