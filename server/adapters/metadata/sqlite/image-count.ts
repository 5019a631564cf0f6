import type { Transaction } from 'kysely';
import type { BoundStatement } from '../../sqlite-writer/sqlite-writer.js';
import { executeAll } from './bound-statements.js';
import type { Tables } from './tables.js';

const RECOUNT =
  'update dataset set imported_count = (select count(*) from image where dataset_id = ?1) where id = ?1';

/**
 * Counts the images of a dataset anew, in the transaction that changes them: whatever fails between, what is
 * counted is what is there. One that is being imported or deleted is counted by whoever does that.
 */
export function recountOf(datasetId: number): BoundStatement {
  const sql = `${RECOUNT} and status not in ('IMPORTING', 'DELETING')`;
  return { sql, parameters: [datasetId] };
}

/** For whoever imports. */
export function importedCountOf(datasetId: number): BoundStatement {
  return { sql: RECOUNT, parameters: [datasetId] };
}

export async function recount(
  transaction: Transaction<Tables>,
  datasetIds: ReadonlySet<number>,
): Promise<void> {
  await executeAll(transaction, [...datasetIds].map(recountOf));
}
