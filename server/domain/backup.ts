import type { Fingerprint } from './bundle.js';
import { LookalikeError } from './errors.js';
import type { BlobId } from './image.js';

/**
 * A backup is everything that a data directory holds, as it was at one moment, in one file: a zip
 * (stored, not compressed) of
 *
 * - `blobs/<first 2>/<sha256>`: every file that a row of the tables refers to (originals, thumbnails,
 *   weights, checkpoints, maps, redrawn pictures), named by its SHA-256 in lower-case hexadecimal;
 * - `indexes/<id>/<file>`: the search indexes, so that a restored server answers at once;
 * - `incoming/<dataset>.zip`: the bundles that were accepted and are not imported to their end;
 * - `metadata.sqlite`: the tables, without the sessions of browsers. Keys are there as what they are in
 *   the tables: hashes of their secrets;
 * - last `manifest.json` (`BackupManifest`).
 *
 * Files that the manifest does not name, and blobs that no row refers to, mean nothing.
 */
export const BACKUP_FORMAT = 'lookalike-backup';
export const BACKUP_VERSION = 1;

export const BACKUP_MANIFEST = 'manifest.json';
export const BACKUP_TABLES = 'metadata.sqlite';
export const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;

/** The folder in a data directory that a backup is restored in; gone when it is whole. */
export const UNFINISHED_RESTORE = 'restoring';

export interface BackupManifest {
  readonly madeAt: Date;
  /** The migrations that made its tables what they are. */
  readonly migrations: readonly string[];
  /** How many blobs its tables refer to and it holds. */
  readonly blobCount: number;
  /** Those that its tables refer to and that were gone or damaged where it was made. */
  readonly lostBlobs: readonly BlobId[];
  /** Every other file but itself. */
  readonly files: ReadonlyMap<string, Fingerprint>;
}

/** What was backed up, or restored. */
export interface BackupReport {
  readonly blobCount: number;
  readonly lostBlobs: readonly BlobId[];
  /** Of the whole file. */
  readonly byteLength: number;
  readonly madeAt: Date;
}

/** How far a backup or a restoration is: files and bytes since it was told before. */
export type OnCopied = (files: number, bytes: number) => void;

const BLOB_FILE = /^blobs\/[0-9a-f]{2}\/([0-9a-f]{64})$/;
/** The only names that are made paths. */
const OTHER_FILES = [
  /^metadata\.sqlite$/,
  /^indexes\/[0-9a-f-]{36}\/(?:graph\.hnsw|manifest\.json|neighbours\.bin)$/,
  /^incoming\/[a-z][a-z0-9-]{0,63}\.zip$/,
];

/** Where a blob lies in a backup. */
export function blobFile(id: BlobId): string {
  return `blobs/${id.slice(0, 2)}/${id}`;
}

/** The blob that a file of a backup is; null where it is none. */
export function blobIn(file: string): BlobId | null {
  return BLOB_FILE.exec(file)?.[1] ?? null;
}

/** Whether a backup may hold a file of this name beside blobs and manifest. */
export function isBackedUpFile(name: string): boolean {
  return OTHER_FILES.some((pattern) => pattern.test(name));
}

/** What is said of a file that is no backup, or not a whole one. */
export function backupInvalid(what: string, cause?: unknown): LookalikeError {
  const message = `The file is not a whole Lookalike backup: ${what}. Restore another one.`;
  return new LookalikeError('BACKUP_INVALID', message, { cause });
}

/** The text of `manifest.json`. */
export function backupManifestText({ files, ...rest }: BackupManifest): string {
  const head = { format: BACKUP_FORMAT, version: BACKUP_VERSION };
  return `${JSON.stringify({ ...head, ...rest, files: Object.fromEntries(files) }, null, 2)}\n`;
}

/** @throws LookalikeError BACKUP_INVALID */
export function parseBackupManifest(text: string): BackupManifest {
  const told = objectIn(text);
  if (told['format'] !== BACKUP_FORMAT) throw backupInvalid(`its format is not ${BACKUP_FORMAT}`);
  if (told['version'] !== BACKUP_VERSION) {
    const version = JSON.stringify(told['version']);
    throw backupInvalid(`it is of version ${version}, and this Lookalike reads ${BACKUP_VERSION}`);
  }
  const { madeAt, migrations, blobCount, lostBlobs, files } = told;
  const isWhole =
    typeof madeAt === 'string' &&
    !Number.isNaN(Date.parse(madeAt)) &&
    areTexts(migrations) &&
    areTexts(lostBlobs) &&
    isCount(blobCount) &&
    isRecord(files);
  if (!isWhole) throw backupInvalid(`${BACKUP_MANIFEST} lacks a field`);
  const named = Object.entries(files).map(
    ([name, file]) => [name, fingerprint(name, file)] as const,
  );
  if (!named.some(([name]) => name === BACKUP_TABLES)) {
    throw backupInvalid(`${BACKUP_MANIFEST} does not name ${BACKUP_TABLES}`);
  }
  return { madeAt: new Date(madeAt), migrations, blobCount, lostBlobs, files: new Map(named) };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (thrown) {
    throw backupInvalid(`${BACKUP_MANIFEST} is not JSON`, thrown);
  }
  throw backupInvalid(`${BACKUP_MANIFEST} is not a JSON object`);
}

function fingerprint(name: string, value: unknown): Fingerprint {
  if (!isBackedUpFile(name)) throw backupInvalid(`no backup has a file ${JSON.stringify(name)}`);
  const { size, sha256 } = isRecord(value) ? value : {};
  if (!isCount(size) || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw backupInvalid(`${BACKUP_MANIFEST} does not tell what ${name} is`);
  }
  return { size, sha256 };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
