import { sql } from 'kysely';
import type { LabelCount } from '../../../domain/dataset.js';
import type { LabelWindow } from '../../../ports/datasets.js';
import type { Database } from './database.js';

/** How many images bear which label, ordered by split, then label. */
export async function labelCounts(
  db: Database,
  datasetId: number,
  window?: LabelWindow,
): Promise<LabelCount[]> {
  let query = db
    .selectFrom('image')
    .select(['split', 'label', ({ fn }) => fn.countAll<number>().as('count')])
    .where('dataset_id', '=', datasetId)
    .groupBy(['split', 'label'])
    .orderBy('split', 'desc')
    .orderBy('label');
  if (window) query = query.limit(window.limit);
  if (window && window.containing !== null) query = query.where(contains(window.containing));
  const rows = await query.execute();
  return rows.map(({ split, label, count }) => ({ split, label, count }));
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
