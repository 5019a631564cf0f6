import type { Selectable } from 'kysely';
import {
  isRefusal,
  type AuditEnd,
  type AuditEntry,
  type NewAuditEntry,
} from '../../../domain/audit.js';
import type { AuditFilter, AuditLog } from '../../../ports/audit-log.js';
import type { Database } from './database.js';
import { dateOf } from './instants.js';
import type { AuditEntryTable } from './tables.js';

export class SqliteAuditLog implements AuditLog {
  constructor(private readonly db: Database) {}

  async append(entry: NewAuditEntry): Promise<number> {
    const { at, keyId, sessionId, caller, address, action, subject, outcome } = entry;
    const { id } = await this.db
      .insertInto('audit_entry')
      .values({
        ...{ caller, address, action, subject, outcome },
        ...{ at: at.getTime(), key_id: keyId, session_id: sessionId },
        is_refusal: isRefusal(outcome) ? 1 : 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }

  async end(id: number, { at, subject, outcome }: AuditEnd): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('audit_entry')
      .set({ at: at.getTime(), subject, outcome, is_refusal: isRefusal(outcome) ? 1 : 0 })
      .where('id', '=', id)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async list(
    { caller = null, action = null }: AuditFilter,
    before: number | null,
    limit: number,
  ): Promise<AuditEntry[]> {
    const rows = await this.db
      .selectFrom('audit_entry')
      .selectAll()
      .$if(before !== null, (query) => query.where('id', '<', before ?? 0))
      .$if(caller !== null, (query) => query.where('caller', '=', caller ?? ''))
      .$if(action !== null, (query) => query.where('action', '=', action ?? ''))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(entryOf);
  }

  callers(): Promise<string[]> {
    return this.valuesOf('caller');
  }

  actions(): Promise<string[]> {
    return this.valuesOf('action');
  }

  async keepNewest(refusals: number, others: number): Promise<void> {
    for (const [isOne, count] of [
      [1, refusals],
      [0, others],
    ] as const) {
      await this.db
        .deleteFrom('audit_entry')
        .where('is_refusal', '=', isOne)
        .where('id', '<=', (query) =>
          query
            .selectFrom('audit_entry')
            .select('id')
            .where('is_refusal', '=', isOne)
            .orderBy('id', 'desc')
            .offset(count)
            .limit(1),
        )
        .execute();
    }
  }

  private async valuesOf(column: 'caller' | 'action'): Promise<string[]> {
    const rows = await this.db
      .selectFrom('audit_entry')
      .select(`${column} as value`)
      .distinct()
      .orderBy('value')
      .execute();
    return rows.map(({ value }) => value);
  }
}

function entryOf(row: Selectable<AuditEntryTable>): AuditEntry {
  const { id, caller, address, action, subject, outcome } = row;
  return {
    ...{ id, caller, address, action, subject, outcome },
    ...{ at: dateOf(row.at), keyId: row.key_id, sessionId: row.session_id },
  };
}
