import type { SqliteStatement } from 'kysely';
import type Libsql from 'libsql';

/** Statements that are kept: more than the different ones that searching and browsing ask. */
const MOST_KEPT = 200;
/** Longer ones write hundreds of rows: what they do takes far longer than preparing them. */
const LONGEST_KEPT = 4000;
const KEEPABLE = /^\s*(?:select|with|insert|update|delete)\b/i;

/** What changes no row; `with` may stand before a change as well. */
const QUERY = /^\s*(?:select\b|with\b(?!.*\b(?:insert|update|delete)\b))/is;

const NOTHING_TO_DO: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

/**
 * Statements by their text, each prepared once: Kysely asks for them anew each time, and preparing
 * one takes libsql longer than looking up a row. The same text is the same statement as long as the
 * schema stays; one that is neither a query nor a change of rows may change it, and all are dropped.
 */
export class PreparedStatements {
  /** By text, the least recently used first. */
  private readonly kept = new Map<string, SqliteStatement>();
  private run = 0;
  private changing = 0;

  constructor(private readonly connection: Libsql.Database) {}

  /** How many statements have been run. */
  get count(): number {
    return this.run;
  }

  /** How many of them may have changed a row. */
  get changeCount(): number {
    return this.changing;
  }

  prepare(sql: string): SqliteStatement {
    // A statement that is kept would go on writing after the end.
    if (!this.connection.open) throw new TypeError('The database connection is not open');
    // A full disk makes SQLite roll back by itself; a second time would hide why.
    if (sql === 'rollback' && !this.connection.inTransaction) return NOTHING_TO_DO;
    if (sql.length > LONGEST_KEPT) return this.prepareNow(sql);
    const known = this.kept.get(sql);
    if (known) {
      this.kept.delete(sql);
      this.kept.set(sql, known);
      return known;
    }
    const statement = this.prepareNow(sql);
    if (KEEPABLE.test(sql)) this.keep(sql, statement);
    else if (!/^(?:begin|commit|rollback)$/.test(sql)) this.kept.clear();
    return statement;
  }

  private keep(sql: string, statement: SqliteStatement): void {
    this.kept.set(sql, statement);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
  }

  private prepareNow(sql: string): SqliteStatement {
    const statement = this.connection.prepare(sql);
    const change = QUERY.test(sql) ? 0 : 1;
    const note = () => {
      this.run += 1;
      this.changing += change;
    };
    return {
      reader: statement.reader,
      all: (parameters) => {
        note();
        return statement.all(...parameters);
      },
      run: (parameters) => {
        note();
        return statement.run(...parameters);
      },
      iterate: (parameters) => {
        note();
        // Others may run the statement before the last row is asked for: that needs one of its own.
        return this.connection.prepare(sql).iterate(...parameters);
      },
    };
  }
}
