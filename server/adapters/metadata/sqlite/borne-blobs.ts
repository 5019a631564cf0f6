import { join } from 'node:path';
import Libsql from 'libsql';
import type { BlobId } from '../../../domain/image.js';

const ROWS_AT_A_TIME = 5000;

/** A column that says which blob a row bears. */
export interface BlobColumn {
  readonly table: string;
  readonly column: string;
}

/**
 * Every such column of whatever schema: what is named `blob_id`, or ends so. A doomed blob is one that
 * nobody bears.
 */
export function blobColumns(database: Libsql.Database): BlobColumn[] {
  return database
    .prepare(
      `select t.name as "table", c.name as "column"
       from sqlite_master t, pragma_table_info(t.name) c
       where t.type = 'table' and t.name <> 'doomed_blob'
         and (c.name = 'blob_id' or c.name like '%\\_blob\\_id' escape '\\')
       order by 1, 2`,
    )
    .all() as BlobColumn[];
}

/** The blobs that rows bear, in batches; one that several bear comes several times. */
export async function* borneBlobs(database: Libsql.Database): AsyncGenerator<BlobId[]> {
  await Promise.resolve();
  for (const { table, column } of blobColumns(database)) {
    // No statement stays open in between: that would keep SQLite from shortening the WAL.
    const next = database.prepare(
      `select rowid as row, "${column}" as id from "${table}" where rowid > ? order by rowid limit ?`,
    );
    for (let after = 0; ;) {
      const rows = next.all(after, ROWS_AT_A_TIME) as { row: number; id: BlobId | null }[];
      if (rows.length === 0) break;
      after = rows.at(-1)?.row ?? after;
      yield rows.flatMap(({ id }) => id ?? []);
    }
  }
}

/** Those of the tables in a folder. */
export async function* borneBlobsOf(folder: string): AsyncGenerator<BlobId[]> {
  const database = new Libsql(join(folder, 'metadata.sqlite'));
  try {
    yield* borneBlobs(database);
  } finally {
    database.close();
  }
}
