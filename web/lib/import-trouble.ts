/**
 * What the way to the server can run into:
 * - `away`: it does not answer, or is busy for a moment: worth trying again by itself;
 * - `blocked`: it will say no until somebody has done something (a full disk);
 * - `files`: the files of the request are at fault, one of them or all;
 * - `gone`: there is nothing left to import into.
 */
export type TroubleKind = 'away' | 'blocked' | 'files' | 'gone';

/** Files that were sent and not answered for, and why. */
export class ImportTrouble extends Error {
  override readonly name = 'ImportTrouble';

  constructor(
    readonly kind: TroubleKind,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const KINDS: Readonly<Record<string, TroubleKind>> = {
  DATASET_NOT_FOUND: 'gone',
  DISK_FULL: 'blocked',
  DATASET_BUSY: 'blocked',
  DATASET_NOT_READY: 'blocked',
  DATA_DIRECTORY_UNUSABLE: 'blocked',
  FORBIDDEN: 'blocked',
  UNAUTHENTICATED: 'blocked',
  SERVER_UNREACHABLE: 'away',
  EMBEDDER_CRASHED: 'away',
  EMBEDDER_TIMEOUT: 'away',
};

/** What an error code of the API means for an import; by default the files are at fault. */
export function troubleOf(code: string, message: string): ImportTrouble {
  return new ImportTrouble(KINDS[code] ?? 'files', code, message);
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** How long to wait before this attempt (1 is the first repetition). */
export function backOffMs(attempt: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
}
