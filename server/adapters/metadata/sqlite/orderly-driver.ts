import { SqliteDriver, type DatabaseConnection } from 'kysely';

/**
 * Gives the one connection to those who wait in the order they came. Kysely wakes all of them each
 * time it is free: with 64 waiting that is 64 looks for one statement, and some look for seconds.
 */
export class OrderlyDriver extends SqliteDriver {
  private readonly line: (() => void)[] = [];
  private isTaken = false;

  override async acquireConnection(): Promise<DatabaseConnection> {
    // Whoever is called forward finds it taken for him.
    if (this.isTaken) await new Promise<void>((called) => this.line.push(called));
    this.isTaken = true;
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    await super.releaseConnection();
    const next = this.line.shift();
    if (next) next();
    else this.isTaken = false;
  }
}
