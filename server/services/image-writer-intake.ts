import { isDiskFull } from '../domain/disk-full.js';
import { LookalikeError, reasonOf, type ErrorCode } from '../domain/errors.js';
import { checkImageWords } from '../domain/image-description.js';
import { imageNameOf, tellableName } from '../domain/image-name.js';
import type { BlobId, MetadataEntry, PictureFacts } from '../domain/image.js';
import type { Embedding } from '../domain/model.js';
import type { Split } from '../domain/dataset.js';

/** A picture file that somebody wants to add. What is null or empty is not said. */
export interface NewFile {
  readonly name: string;
  /** Called once, when its turn has come. */
  readonly bytes: () => Promise<Uint8Array>;
  readonly label: string | null;
  readonly split: Split | null;
  readonly metadata: readonly MetadataEntry[];
  /** When it was added elsewhere; left out, it is added now. */
  readonly addedAt?: Date | undefined;
  /** Of a RAW picture, which has no header to look into; ignored for every other format. */
  readonly known?: PictureFacts;
  /** Under the dataset's active model, where it was computed elsewhere. */
  readonly embedding?: Omit<Embedding, 'imageId'> | null;
}

export interface Reason {
  readonly code: ErrorCode;
  readonly message: string;
}

export interface RefusedFile {
  readonly name: string;
  readonly refusal: Reason;
}

/** A file whose name and words are in order, with its bytes and their name. */
export interface ReadFile extends Pick<NewFile, 'label' | 'split' | 'metadata' | 'addedAt'> {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly blobId: BlobId;
  readonly known: PictureFacts | null;
  readonly embedding: Omit<Embedding, 'imageId'> | null;
}

/** So much is held in memory at a time: files up to either limit, and the one that passes it. */
const SLICE_FILES = 64;
const SLICE_BYTES = 32_000_000;

/**
 * Reads the files one after another, and gives them in their order, a slice at a time.
 * @throws what reading throws when the disk is full, and LookalikeError REQUEST_INVALID when the
 * files do not arrive; every other fault refuses the one file
 */
export async function* readSlices(
  files: readonly NewFile[],
): AsyncGenerator<readonly (ReadFile | RefusedFile)[]> {
  const names = new Set<string>();
  let slice: (ReadFile | RefusedFile)[] = [];
  let byteCount = 0;
  for (const file of files) {
    const taken = await take(file, names);
    slice.push(taken);
    if ('bytes' in taken) byteCount += taken.bytes.byteLength;
    if (slice.length < SLICE_FILES && byteCount < SLICE_BYTES) continue;
    yield slice;
    slice = [];
    byteCount = 0;
  }
  if (slice.length > 0) yield slice;
}

async function take(file: NewFile, names: Set<string>): Promise<ReadFile | RefusedFile> {
  let name = tellableName(file.name);
  try {
    name = imageNameOf(file.name);
    if (names.has(name)) {
      throw new LookalikeError('IMAGE_NAME_TAKEN', `"${name}" is there twice. Rename one of them.`);
    }
    names.add(name);
    const label = file.label === '' ? null : file.label;
    checkImageWords({ label, metadata: file.metadata });
    const bytes = await file.bytes();
    return {
      name,
      label,
      split: file.split,
      metadata: file.metadata,
      addedAt: file.addedAt,
      bytes,
      blobId: await blobIdOf(bytes),
      known: file.known?.format === 'RAW' ? file.known : null,
      embedding: file.embedding ?? null,
    };
  } catch (thrown) {
    const code = thrown instanceof LookalikeError ? thrown.code : 'INTERNAL';
    if (code === 'REQUEST_INVALID' || isDiskFull(thrown)) throw thrown;
    return { name, refusal: { code, message: reasonOf(thrown) } };
  }
}

async function blobIdOf(bytes: Uint8Array): Promise<BlobId> {
  // Files come in memory of their own, never in memory that is shared.
  const owned = bytes as Uint8Array<ArrayBuffer>;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', owned));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
