import type { Caller } from './access.js';
import { LookalikeError, type ErrorCode } from './errors.js';

/** OK, or the code of the error that it ended with; BEGUN while it goes on, and where the server ended before it did. */
export type AuditOutcome = 'OK' | 'BEGUN' | ErrorCode;

/** Of what has come to an error. */
export function outcomeOf(thrown: unknown): ErrorCode {
  return thrown instanceof LookalikeError ? thrown.code : 'INTERNAL';
}

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
  /** Where the request came from; empty for what was done at the machine itself. */
  readonly address: string;
  /** A mutation, `login`, `logout`, `exportBundle`, `importBundle`, or `request` for what was refused unread. */
  readonly action: string;
  /** What it was done to, in words: `image 3, 4`. Never a secret. */
  readonly subject: string;
  readonly outcome: AuditOutcome;
}

export type NewAuditEntry = Omit<AuditEntry, 'id'>;

/** How what was begun has ended. */
export type AuditEnd = Pick<AuditEntry, 'at' | 'subject' | 'outcome'>;

/** Who does something, and from where. */
export interface Actor {
  /** Null for whoever has not said who they are, or not truly. */
  readonly caller: Pick<Caller, 'keyId' | 'sessionId' | 'name'> | null;
  readonly address: string;
}

/** What an entry calls whoever was not let in. */
export const NOBODY = 'nobody';

/** Whoever is refused may try again as often as they like: of these, fewer are kept, and apart from the others. */
export function isRefusal(outcome: AuditOutcome): boolean {
  return outcome === 'UNAUTHENTICATED' || outcome === 'FORBIDDEN';
}

const MOST_NAMED = 20;

/** `dataset 1; image 3, 4`; of many the first few. */
export function subjectOf(
  things: Iterable<readonly [string, readonly (number | string)[]]>,
): string {
  return Array.from(things, ([kind, ids]) => {
    const named = ids.slice(0, MOST_NAMED).join(', ');
    const more = ids.length - MOST_NAMED;
    return `${kind} ${named}${more > 0 ? ` and ${more} more` : ''}`;
  }).join('; ');
}
