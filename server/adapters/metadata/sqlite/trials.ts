import type { Trial } from '../../../ports/trial.js';
import { MIGRATION_NAMES, type OpenDatabase } from './database.js';

/** Whether every migration that this version knows has been made. */
export class MigrationTrial implements Trial {
  constructor(private readonly database: OpenDatabase) {}

  async try(): Promise<void> {
    const made = await this.database.selectFrom('kysely_migration').select('name').execute();
    const names = new Set(made.map(({ name }) => name));
    const missing = MIGRATION_NAMES.filter((name) => !names.has(name));
    if (missing.length > 0) throw new Error(`Not made yet: ${missing.join(', ')}.`);
  }
}

/**
 * Whether the database takes a transaction that writes. It writes no page: that would have every process read
 * again what it remembers. In the thread that writes, as it may have to wait for others.
 */
export class TransactionTrial implements Trial {
  constructor(private readonly database: OpenDatabase) {}

  try(): Promise<void> {
    return this.database.writer.write([]);
  }
}
