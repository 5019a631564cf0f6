import type { ErrorCode } from './errors.js';

/** OK, or the code of the error that it ended with. */
export type AuditOutcome = 'OK' | ErrorCode;

/** That somebody did something, or tried to. */
export interface AuditEntry {
  readonly id: number;
  readonly at: Date;
  /** Null for whoever had no key. */
  readonly keyId: number | null;
  /** The session of a browser; null for a program. */
  readonly sessionId: number | null;
  /** The name of the key at that time. */
  readonly caller: string;
  /** A mutation, `login`, `logout`, `exportBundle` or `importBundle`. */
  readonly action: string;
  /** What it was done to, in words: `image 3, 4`. Never a secret. */
  readonly subject: string;
  readonly outcome: AuditOutcome;
}

const MOST_NAMED = 20;

/** `dataset 1; image 3, 4`; of many the first few. */
export function subjectOf(things: Iterable<readonly [string, readonly number[]]>): string {
  return Array.from(things, ([kind, ids]) => {
    const named = ids.slice(0, MOST_NAMED).join(', ');
    const more = ids.length - MOST_NAMED;
    return `${kind} ${named}${more > 0 ? ` and ${more} more` : ''}`;
  }).join('; ');
}
