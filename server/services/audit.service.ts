import {
  isRefusal,
  NOBODY,
  type Actor,
  type AuditEntry,
  type AuditOutcome,
} from '../domain/audit.js';
import { LookalikeError, reasonOf } from '../domain/errors.js';
import type { AuditFilter, AuditLog } from '../ports/audit-log.js';
import type { Log } from '../ports/log.js';

/** Of more, the oldest are forgotten: 30 MB at the most. */
const MOST_KEPT = 100_000;
/** Of those that were refused, who may be strangers. */
const MOST_REFUSALS_KEPT = 10_000;
/** Entries between two looks at how many there are. */
const TRIMMED_EVERY = 500;
const MINUTE_MS = 60_000;
/** As many refusals a minute are noted of each caller, and of all together. */
const REFUSALS_OF_ONE = 20;
const REFUSALS_OF_ALL = 120;
const LONGEST_SUBJECT = 400;

/** Notes who did what. */
export class AuditService {
  private sinceTrimmed = 0;
  private minute = 0;
  private readonly refusals = new Map<string, number>();
  private allRefusals = 0;

  constructor(
    private readonly entries: AuditLog,
    private readonly log: Log,
  ) {}

  begin(): Promise<void> {
    return this.trim();
  }

  /** Newest first. */
  list(filter: AuditFilter, before: number | null, limit: number): Promise<AuditEntry[]> {
    return this.entries.list(filter, before, limit);
  }

  callers(): Promise<string[]> {
    return this.entries.callers();
  }

  actions(): Promise<string[]> {
    return this.entries.actions();
  }

  /**
   * Does the work, and notes how it ended before anybody is told: what is acknowledged is noted.
   * @param subjectOf what the work was done to; what came of it is null where it failed
   */
  async noted<T>(
    actor: Actor,
    action: string,
    subjectOf: (answer: T | null) => string,
    work: () => T | Promise<T>,
  ): Promise<T> {
    try {
      const answer = await work();
      await this.note(actor, action, subjectOf(answer), 'OK');
      return answer;
    } catch (thrown) {
      const outcome = thrown instanceof LookalikeError ? thrown.code : 'INTERNAL';
      await this.note(actor, action, subjectOf(null), outcome);
      throw thrown;
    }
  }

  /** What cannot be written, on a full disk say, goes to the server's log: what was done is done. */
  async note(
    { caller, address }: Actor,
    action: string,
    subject: string,
    outcome: AuditOutcome,
  ): Promise<void> {
    const { keyId = null, sessionId = null, name = NOBODY } = caller ?? {};
    const left = isRefusal(outcome) ? this.refusalsLeft(keyId === null ? address : keyId) : 2;
    if (left === 0) return;
    const entry = {
      ...{ at: new Date(), keyId, sessionId, caller: name, address, action, outcome },
      subject:
        subject.slice(0, LONGEST_SUBJECT) +
        (left === 1 ? ' (others of this minute are not listed)' : ''),
    };
    try {
      await this.entries.append(entry);
      this.sinceTrimmed += 1;
      if (this.sinceTrimmed >= TRIMMED_EVERY) await this.trim();
    } catch (thrown) {
      this.log.error(`not in the audit log (${reasonOf(thrown)}): ${JSON.stringify(entry)}`);
    }
  }

  /** How many more of a caller's refusals may be noted in this minute, with the present one. */
  private refusalsLeft(of: string | number): number {
    const minute = Math.floor(Date.now() / MINUTE_MS);
    if (minute !== this.minute) {
      this.minute = minute;
      this.refusals.clear();
      this.allRefusals = 0;
    }
    const own = this.refusals.get(String(of)) ?? 0;
    const left = Math.min(REFUSALS_OF_ONE - own, REFUSALS_OF_ALL - this.allRefusals);
    if (left <= 0) return 0;
    this.refusals.set(String(of), own + 1);
    this.allRefusals += 1;
    return left;
  }

  private async trim(): Promise<void> {
    this.sinceTrimmed = 0;
    await this.entries.keepNewest(MOST_REFUSALS_KEPT, MOST_KEPT);
  }
}
