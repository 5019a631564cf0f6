import { CompiledQuery, type Transaction } from 'kysely';
import type { BoundStatement } from '../../sqlite-writer/sqlite-writer.js';
import type { Tables } from './tables.js';

/** Runs statements in a transaction of this connection, which the writing thread would run in one of its own. */
export async function executeAll(
  transaction: Transaction<Tables>,
  statements: readonly BoundStatement[],
): Promise<void> {
  for (const { sql, parameters } of statements) {
    await transaction.executeQuery(CompiledQuery.raw(sql, [...parameters]));
  }
}
