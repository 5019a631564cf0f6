import { sql } from 'kysely';
import { SPLITS, type LabelCount } from '../../../domain/dataset.js';
import type { LabelWindow } from '../../../ports/datasets.js';
import type { Database } from './database.js';

/**
 * How many images bear which label, ordered by split, then label. Split by split, in the order of
 * the index: of half a million labels only those that are asked for are counted.
 */
export async function labelCounts(
  db: Database,
  datasetId: number,
  window?: LabelWindow,
): Promise<LabelCount[]> {
  const counts: LabelCount[] = [];
  for (const split of SPLITS) {
    let query = db
      .selectFrom('image')
      .select(['label', ({ fn }) => fn.countAll<number>().as('count')])
      .where('dataset_id', '=', datasetId)
      .where('split', '=', split)
      .groupBy('label')
      .orderBy('label');
    if (window) query = query.limit(window.limit - counts.length);
    if (window && window.containing !== null) query = query.where(contains(window.containing));
    for (const { label, count } of await query.execute()) counts.push({ split, label, count });
  }
  return counts;
}

export async function countLabels(db: Database, datasetId: number): Promise<number> {
  const { count } = await db
    .selectFrom('image')
    .select(({ fn }) => fn.count<number>('label').distinct().as('count'))
    .where('dataset_id', '=', datasetId)
    .executeTakeFirstOrThrow();
  return count;
}

/** Whatever its case; what `like` reads as a wild card stands for itself. */
function contains(text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`label like ${pattern} escape '\\'`;
}
