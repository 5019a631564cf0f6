import type Libsql from 'libsql';
import type { PreparedStatements } from './prepared-statements.js';

/**
 * Tells whether anything may have been committed to the database in between: by this connection, all
 * of whose statements are counted, or by any other, in whatever process, for which SQLite has
 * `data_version`.
 */
export class ChangeStamp {
  private readonly foreignChanges: Libsql.Statement;
  /** What was read in this turn of the event loop. */
  private foreign: number | null = null;

  constructor(
    private readonly connection: Libsql.Database,
    private readonly statements: Pick<PreparedStatements, 'changeCount'>,
  ) {
    this.foreignChanges = connection.prepare('pragma data_version').raw();
  }

  /**
   * Between two equal ones nobody has changed a row. Null within a transaction, which does not see what
   * others commit: then nothing can be said.
   */
  read(): string | null {
    // Asked whether it is in a transaction, a closed connection ends the process.
    if (!this.connection.open || this.connection.inTransaction) return null;
    return `${this.statements.changeCount} ${this.foreignVersion()}`;
  }

  /**
   * Once a turn of the event loop. Whoever heard of another process's commit heard it from this one,
   * in an earlier turn.
   */
  private foreignVersion(): number {
    if (this.foreign !== null) return this.foreign;
    const [version = 0] = this.foreignChanges.get() as number[];
    this.foreign = version;
    setImmediate(() => {
      this.foreign = null;
    });
    return version;
  }
}
