import { sql } from 'kysely';

/**
 * All ids of a subquery as one JSON array, in its order: 60,000 rows cost libsql a second, one row
 * with them all a hundredth of that.
 */
export function asIdList(column: 'id' | 'image_id') {
  return sql<string>`json_group_array(${sql.ref(column)})`.as('ids');
}

/** Reads what `asIdList` selected. */
export function idsIn(row: { readonly ids: string } | undefined): number[] {
  return row ? (JSON.parse(row.ids) as number[]) : [];
}
