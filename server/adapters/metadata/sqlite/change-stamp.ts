import type Libsql from 'libsql';
import type { PreparedStatements } from './prepared-statements.js';

/** How long a commit of another connection may stay unseen by one that does nothing, in milliseconds. */
export const LONGEST_UNSEEN_MS = 25;

/** What was read, and when. */
interface Seen {
  readonly stamp: string | null;
  /** Statements that had been run. */
  readonly statements: number;
  readonly at: number;
}

/**
 * Tells whether anything may have been committed to the database in between: by this connection, all
 * of whose statements are counted, or by any other, in whatever process, for which SQLite has
 * `data_version`.
 */
export class ChangeStamp {
  private readonly foreignChanges: Libsql.Statement;
  private seen: Seen | null = null;

  constructor(
    private readonly connection: Libsql.Database,
    private readonly statements: Pick<PreparedStatements, 'changeCount' | 'count'>,
  ) {
    this.foreignChanges = connection.prepare('pragma data_version').raw();
  }

  /**
   * Between two equal ones this connection has changed no row, and another one none until
   * `LONGEST_UNSEEN_MS` ago. Null within a transaction, which does not see what others commit: then
   * nothing can be said.
   *
   * It is read anew after every statement, for that may have seen what another connection has committed,
   * and someone may be told of it; else now and then, for that takes longer than a search in memory.
   */
  read(): string | null {
    const { seen } = this;
    const statements = this.statements.count;
    const at = performance.now();
    if (seen?.statements === statements && at - seen.at < LONGEST_UNSEEN_MS) return seen.stamp;
    const stamp = this.readNow();
    this.seen = { stamp, statements, at };
    return stamp;
  }

  /** To be called by whoever may have heard of a commit of another connection otherwise than by a statement. */
  lookAgain(): void {
    this.seen = null;
  }

  private readNow(): string | null {
    // Asked whether it is in a transaction, a closed connection ends the process.
    if (!this.connection.open || this.connection.inTransaction) return null;
    const [version = 0] = this.foreignChanges.get() as number[];
    return `${this.statements.changeCount} ${version}`;
  }
}
