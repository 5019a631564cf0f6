import {
  isRefusal,
  NOBODY,
  outcomeOf,
  type Actor,
  type AuditEntry,
  type AuditOutcome,
  type NewAuditEntry,
} from '../domain/audit.js';
import { reasonOf } from '../domain/errors.js';
import { countedAs } from '../domain/network.js';
import type { AuditFilter, AuditLog } from '../ports/audit-log.js';
import type { Log } from '../ports/log.js';

/** Of more, the oldest are forgotten: 30 MB at the most. */
const MOST_KEPT = 100_000;
/** Of those that were refused, who may be strangers. */
const MOST_REFUSALS_KEPT = 10_000;
/** Entries between two looks at how many there are. */
const TRIMMED_EVERY = 500;
const MINUTE_MS = 60_000;
/**
 * As many refusals a minute are noted of each caller, and of all together who have no key: however many of those
 * there are, what a key tries is noted.
 */
const REFUSALS_OF_ONE = 20;
const REFUSALS_OF_STRANGERS = 120;
const LONGEST_SUBJECT = 400;

/** Notes who did what. */
export class AuditService {
  private sinceTrimmed = 0;
  private minute = 0;
  private readonly refusals = new Map<string, number>();
  private refusalsOfStrangers = 0;

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
   * Does the work, and notes that before it begins, and how it ended before anybody is told: whenever the server
   * is killed, nothing is done that is not noted.
   * @param subjectOf what the work is done to; what came of it is null before, and where it failed
   */
  async noted<T>(
    actor: Actor,
    action: string,
    subjectOf: (answer: T | null) => string,
    work: () => T | Promise<T>,
  ): Promise<T> {
    const begun = entryOf(actor, action, shortened(subjectOf(null)), 'BEGUN');
    // What cannot be noted now is told by how it ends.
    const id = await this.append(begun).catch(() => null);
    const end = async (subject: string, outcome: AuditOutcome) => {
      const ended = { ...begun, at: new Date(), subject: shortened(subject), outcome };
      await this.orTold(ended, async () => {
        const isThere = id !== null && (await this.entries.end(id, ended));
        if (!isThere) await this.append(ended);
      });
    };
    try {
      const answer = await work();
      await end(subjectOf(answer), 'OK');
      return answer;
    } catch (thrown) {
      await end(subjectOf(null), outcomeOf(thrown));
      throw thrown;
    }
  }

  /** Notes what changes nothing, or was not done. */
  async note(actor: Actor, action: string, subject: string, outcome: AuditOutcome): Promise<void> {
    const left = isRefusal(outcome) ? this.refusalsLeft(actor) : 2;
    if (left === 0) return;
    const more = left === 1 ? ' (others of this minute are not listed)' : '';
    const entry = entryOf(actor, action, shortened(subject) + more, outcome);
    await this.orTold(entry, () => this.append(entry));
  }

  private async append(entry: NewAuditEntry): Promise<number> {
    const id = await this.entries.append(entry);
    this.sinceTrimmed += 1;
    if (this.sinceTrimmed >= TRIMMED_EVERY) await this.trim();
    return id;
  }

  /** What cannot be written, on a full disk say, goes to the server's log: what was done is done. */
  private async orTold(entry: NewAuditEntry, write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (thrown) {
      this.log.error(`not in the audit log (${reasonOf(thrown)}): ${JSON.stringify(entry)}`);
    }
  }

  /** How many more of a caller's refusals may be noted in this minute, with the present one. */
  private refusalsLeft({ caller, address }: Actor): number {
    const minute = Math.floor(Date.now() / MINUTE_MS);
    if (minute !== this.minute) {
      this.minute = minute;
      this.refusals.clear();
      this.refusalsOfStrangers = 0;
    }
    const isStranger = caller?.keyId == null;
    const of = countedAs(caller, address);
    const own = REFUSALS_OF_ONE - (this.refusals.get(of) ?? 0);
    const left = isStranger ? Math.min(own, REFUSALS_OF_STRANGERS - this.refusalsOfStrangers) : own;
    if (left <= 0) return 0;
    this.refusals.set(of, REFUSALS_OF_ONE - own + 1);
    if (isStranger) this.refusalsOfStrangers += 1;
    return left;
  }

  private async trim(): Promise<void> {
    this.sinceTrimmed = 0;
    await this.entries.keepNewest(MOST_REFUSALS_KEPT, MOST_KEPT);
  }
}

function entryOf(
  { caller, address }: Actor,
  action: string,
  subject: string,
  outcome: AuditOutcome,
): NewAuditEntry {
  const { keyId = null, sessionId = null, name = NOBODY } = caller ?? {};
  return { at: new Date(), keyId, sessionId, caller: name, address, action, subject, outcome };
}

function shortened(subject: string): string {
  return subject.slice(0, LONGEST_SUBJECT);
}
