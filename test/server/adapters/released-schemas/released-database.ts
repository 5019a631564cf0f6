import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { migrate, openDatabase } from '../../../../server/adapters/metadata/sqlite/database.js';
import { ROWS } from './rows.js';

/** When the migrations of the fixtures are said to have been made. */
const MIGRATED_AT = '2026-01-02T03:04:05.000Z';

/** Where the fixture of a schema lies: SQL text that makes a database as that release left it. */
export function fixtureOf(release: string): string {
  return join(import.meta.dirname, `${release}.sql`);
}

/** Makes the database of a data directory from a fixture. */
export function restoreRelease(release: string, dataDirectory: string): void {
  const database = new Libsql(join(dataDirectory, 'metadata.sqlite'));
  database.exec(readFileSync(fixtureOf(release), 'utf8'));
  database.close();
}

/** Runs the migrations up to a release in an empty folder, inserts its rows. @returns all as SQL text */
export async function writeRelease(release: string, folder: string): Promise<string> {
  const made = openDatabase(folder);
  await migrate(made, release);
  await made.destroy();
  const database = new Libsql(join(folder, 'metadata.sqlite'));
  database.exec(`update kysely_migration set timestamp = '${MIGRATED_AT}'`);
  for (const [name, rows] of Object.entries(ROWS)) {
    if (name > release) continue;
    for (const [table, cells] of rows) {
      const values = Object.values(cells).map(literalOf);
      database.exec(
        `insert into ${table} (${Object.keys(cells).join(', ')}) values (${values.join(', ')})`,
      );
    }
  }
  const text = dumpOf(database);
  database.close();
  return text;
}

function dumpOf(database: Libsql.Database): string {
  const made = database
    .prepare('select type, name, sql from sqlite_master where sql is not null order by rowid')
    .all() as { type: string; name: string; sql: string }[];
  const own = made.filter(({ name }) => !name.startsWith('sqlite_'));
  const tables = own.filter(({ type }) => type === 'table').map(({ name }) => name);
  return [
    'pragma foreign_keys = off;',
    'begin;',
    ...own.map(({ sql }) => `${sql};`),
    ...tables.flatMap((table) => rowsOf(database, table)),
    'delete from sqlite_sequence;',
    ...rowsOf(database, 'sqlite_sequence'),
    'commit;\n',
  ].join('\n');
}

function rowsOf(database: Libsql.Database, table: string): string[] {
  const columns = (database.pragma(`table_info(${table})`) as { name: string }[]).map(
    ({ name }) => name,
  );
  const quoted = columns.map((name) => `quote("${name}")`).join(` || ', ' || `);
  const rows = database.prepare(`select ${quoted} as row from ${table} order by rowid`).all() as {
    row: string;
  }[];
  return rows.map(({ row }) => `insert into ${table} (${columns.join(', ')}) values (${row});`);
}

function literalOf(cell: string | number | null | Uint8Array): string {
  if (cell === null) return 'null';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'string') return `'${cell.replaceAll("'", "''")}'`;
  return `x'${Buffer.from(cell).toString('hex')}'`;
}
