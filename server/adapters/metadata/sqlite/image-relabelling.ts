import type { Transaction } from 'kysely';
import { inBatches } from '../../../domain/batches.js';
import type { Tables } from './tables.js';

const IDS_PER_STATEMENT = 1000;

/** Gives images other labels. @returns those that changed, with the label that each bore before */
export async function relabel(
  transaction: Transaction<Tables>,
  labels: ReadonlyMap<number, string | null>,
): Promise<Map<number, string | null>> {
  const previous = new Map<number, string | null>();
  for (const [label, ids] of byLabel(labels)) {
    for (const batch of inBatches(ids, IDS_PER_STATEMENT)) {
      // A write first, which changes nothing, so that what is read after it stays true until the commit.
      const rows = await transaction
        .updateTable('image')
        .set(({ ref }) => ({ label: ref('label') }))
        .where('id', 'in', batch)
        .where('label', 'is distinct from', label)
        .returning(['id', 'label'])
        .execute();
      for (const row of rows) previous.set(row.id, row.label);
      await transaction.updateTable('image').set({ label }).where('id', 'in', batch).execute();
    }
  }
  return previous;
}

function byLabel(labels: ReadonlyMap<number, string | null>): Map<string | null, number[]> {
  const groups = new Map<string | null, number[]>();
  for (const [id, label] of labels) {
    const group = groups.get(label);
    if (group) group.push(id);
    else groups.set(label, [id]);
  }
  return groups;
}
