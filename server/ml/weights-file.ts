import { createHash } from 'node:crypto';
import { LookalikeError, reasonOf } from '../domain/errors.js';
import { inputSpecOf, type StoredInput } from '../domain/input-spec.js';
import type { NetworkRecipe } from '../ports/networks.js';

/*
 * The bytes of a network, little-endian:
 *   8   magic "LKALIKE\n"
 *   4   format version, 1
 *   4   length of the header in bytes, a multiple of 4
 *   n   header: JSON in UTF-8, padded with spaces
 *   4m  float32 values of all tensors, in the header's order
 *   32  SHA-256 of everything before
 */
const MAGIC = new TextEncoder().encode('LKALIKE\n');
const VERSION = 1;
const PREFIX_LENGTH = 16;
const CHECKSUM_LENGTH = 32;

/** WEIGHTS holds the parameters; CHECKPOINT also what training needs to go on. */
export type WeightsKind = 'WEIGHTS' | 'CHECKPOINT';

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface WeightsFile {
  readonly kind: WeightsKind;
  readonly recipe: NetworkRecipe;
  /** Told by the caller: where the network comes from. */
  readonly origin: string;
  /** Epochs trained. */
  readonly epoch: number;
  /** Updates of the optimiser made. */
  readonly step: number;
  readonly tensors: readonly NamedTensor[];
}

interface TensorHeader {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32';
  /** Of the first value, in bytes from the end of the header. */
  readonly offset: number;
}

type Header = Omit<WeightsFile, 'tensors'> & { readonly tensors: readonly TensorHeader[] };

/** A header as files hold it; those from before pictures could be fitted lack how that is done. */
type StoredHeader = Omit<Header, 'recipe'> & {
  readonly recipe: Omit<NetworkRecipe, 'input'> & { readonly input: StoredInput };
};

/** The same content gives the same bytes. */
export function writeWeightsFile(file: WeightsFile): Uint8Array {
  let offset = 0;
  const tensors = file.tensors.map(({ name, shape, values }): TensorHeader => {
    const header: TensorHeader = { name, shape, dtype: 'float32', offset };
    offset += values.byteLength;
    return header;
  });
  const { kind, recipe, origin, epoch, step } = file;
  const header = encodeHeader({ kind, recipe, origin, epoch, step, tensors });
  const payloadStart = PREFIX_LENGTH + header.byteLength;
  const bytes = new Uint8Array(payloadStart + offset + CHECKSUM_LENGTH);
  bytes.set(MAGIC);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, header.byteLength, true);
  bytes.set(header, PREFIX_LENGTH);
  file.tensors.forEach(({ values }, position) => {
    const source = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    bytes.set(source, payloadStart + (tensors[position]?.offset ?? 0));
  });
  bytes.set(checksumOf(bytes), bytes.byteLength - CHECKSUM_LENGTH);
  return bytes;
}

/**
 * Reads what `writeWeightsFile` wrote. Nothing is believed before the checksum is verified, and
 * nothing is allocated before its length is known to be there.
 * @throws LookalikeError CHECKPOINT_CORRUPT, saying what is wrong
 */
export function readWeightsFile(bytes: Uint8Array): WeightsFile {
  if (bytes.byteLength < PREFIX_LENGTH + CHECKSUM_LENGTH) {
    throw corrupt(`they are cut short: ${bytes.byteLength} bytes`);
  }
  if (!MAGIC.every((byte, position) => bytes[position] === byte)) {
    throw corrupt('they do not begin as a file of weights does');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  if (version !== VERSION) {
    throw corrupt(`they have format version ${version}, and this program reads version ${VERSION}`);
  }
  const checksumStart = bytes.byteLength - CHECKSUM_LENGTH;
  if (!checksumOf(bytes).equals(bytes.subarray(checksumStart))) {
    throw corrupt('their checksum does not match: they are damaged or cut short');
  }
  const payloadStart = PREFIX_LENGTH + view.getUint32(12, true);
  if (payloadStart > checksumStart) throw corrupt('their header is longer than the file');
  const header = decodeHeader(bytes.subarray(PREFIX_LENGTH, payloadStart));
  return { ...header, tensors: tensorsOf(header, bytes.subarray(payloadStart, checksumStart)) };
}

function tensorsOf(header: Header, payload: Uint8Array): NamedTensor[] {
  let expected = 0;
  const tensors = header.tensors.map(({ name, shape, offset }) => {
    const byteLength = 4 * shape.reduce((product, length) => product * length, 1);
    if (offset !== expected || offset + byteLength > payload.byteLength) {
      throw corrupt(`the values of "${name}" are not where the header says`);
    }
    expected += byteLength;
    // A copy of its own: the bytes given may not be aligned to 4. (A Buffer's slice is none.)
    const copy = new Uint8Array(payload.subarray(offset, offset + byteLength));
    const values = new Float32Array(copy.buffer);
    return { name, shape, values };
  });
  if (expected !== payload.byteLength) {
    throw corrupt(`they hold ${payload.byteLength} bytes of values instead of ${expected}`);
  }
  return tensors;
}

function encodeHeader(header: Header): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = new Uint8Array(Math.ceil(json.byteLength / 4) * 4).fill(0x20);
  padded.set(json);
  return padded;
}

function decodeHeader(bytes: Uint8Array): Header {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw corrupt(`their header is not JSON (${reasonOf(error)})`);
  }
  if (!isHeader(parsed)) throw corrupt('their header lacks a field, or has one of a wrong kind');
  const { recipe } = parsed;
  return { ...parsed, recipe: { ...recipe, input: inputSpecOf(recipe.input) } };
}

function isHeader(value: unknown): value is StoredHeader {
  return (
    isRecord(value) &&
    (value['kind'] === 'WEIGHTS' || value['kind'] === 'CHECKPOINT') &&
    typeof value['origin'] === 'string' &&
    isCount(value['epoch']) &&
    isCount(value['step']) &&
    isRecipe(value['recipe']) &&
    Array.isArray(value['tensors']) &&
    value['tensors'].every(isTensorHeader)
  );
}

function isRecipe(value: unknown): value is StoredHeader['recipe'] {
  return (
    isRecord(value) &&
    typeof value['architecture'] === 'string' &&
    isRecord(value['hyperparameters']) &&
    Object.values(value['hyperparameters']).every((number) => typeof number === 'number') &&
    isInput(value['input'])
  );
}

function isInput(value: unknown): value is StoredInput {
  return (
    isRecord(value) &&
    ['width', 'height', 'channels'].every((name) => isCount(value[name])) &&
    ['fit', 'background', 'scaling'].every((name) =>
      ['string', 'undefined'].includes(typeof value[name]),
    )
  );
}

function isTensorHeader(value: unknown): value is TensorHeader {
  return (
    isRecord(value) &&
    typeof value['name'] === 'string' &&
    value['dtype'] === 'float32' &&
    isCount(value['offset']) &&
    Array.isArray(value['shape']) &&
    value['shape'].every(isCount)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function checksumOf(bytes: Uint8Array): Buffer {
  const covered = bytes.subarray(0, bytes.byteLength - CHECKSUM_LENGTH);
  return createHash('sha256').update(covered).digest();
}

/** A CHECKPOINT_CORRUPT error that says what is wrong with the file. */
export function corrupt(what: string): LookalikeError {
  return new LookalikeError('CHECKPOINT_CORRUPT', `The stored weights cannot be used: ${what}.`);
}
