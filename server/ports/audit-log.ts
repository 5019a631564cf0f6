import type { AuditEnd, AuditEntry, NewAuditEntry } from '../domain/audit.js';

/** Which entries are asked for: all that meet what is given. */
export interface AuditFilter {
  readonly caller?: string | null;
  readonly action?: string | null;
}

/** The table of who did what. */
export interface AuditLog {
  /** On disk when it returns. @returns its id */
  append(entry: NewAuditEntry): Promise<number>;
  /** On disk when it returns. @returns false where the entry is forgotten */
  end(id: number, end: AuditEnd): Promise<boolean>;
  /** Newest first; only those with smaller ids than `before`, unless null. */
  list(filter: AuditFilter, before: number | null, limit: number): Promise<AuditEntry[]>;
  /** What there is to filter by, in the order of the alphabet. */
  callers(): Promise<string[]>;
  actions(): Promise<string[]>;
  /** Forgets all but the newest so many of those that were refused, and of the others. */
  keepNewest(refusals: number, others: number): Promise<void>;
}
