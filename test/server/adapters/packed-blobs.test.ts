import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import {
  packedInsertion,
  type NamedBlob,
} from '../../../server/adapters/blobs/file-system/packed-blobs.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';

const BLOBS: readonly NamedBlob[] = [
  { id: 'one', bytes: Uint8Array.of(1, 0, 255) },
  { id: 'empty', bytes: new Uint8Array() },
  { id: 'there already', bytes: Uint8Array.of(9) },
  { id: 'part of a larger memory', bytes: Uint8Array.of(7, 7, 8, 0, 7).subarray(2, 4) },
  { id: 'one', bytes: Uint8Array.of(2) },
  { id: 'long', bytes: Uint8Array.from({ length: 40_000 }, (_, at) => (at * 31) % 256) },
];

const EVEN: readonly NamedBlob[] = [
  { id: 'one', bytes: Uint8Array.of(1, 0, 255) },
  { id: 'there already', bytes: Uint8Array.of(9, 8, 7) },
  { id: 'part of a larger memory', bytes: Uint8Array.of(7, 7, 8, 0, 7).subarray(2) },
  { id: 'one', bytes: Uint8Array.of(2, 3, 4) },
  { id: 'of "quotes"', bytes: Uint8Array.of(0, 0, 0) },
];

type Insert = (connection: Libsql.Database, blobs: readonly NamedBlob[]) => void;

const cutOutOfOne: Insert = (connection, blobs) => {
  const { sql, parameters } = packedInsertion(blobs);
  connection.prepare(sql).run(...parameters);
};

const valueByValue: Insert = (connection, blobs) => {
  const rows = blobs.map(() => '(?, ?)').join(', ');
  connection
    .prepare(
      `insert into small_blob (id, bytes) values ${rows} on conflict (id)
         do update set bytes = excluded.bytes where small_blob.bytes <> excluded.bytes`,
    )
    .run(...blobs.flatMap(({ id, bytes }) => [id, bytes]));
};

async function rowsOf(insert: Insert, blobs: readonly NamedBlob[]): Promise<unknown[]> {
  const connection = new Libsql(join(await temporaryFolder(), 'pack.sqlite'));
  onTestFinished(() => void connection.close());
  connection.exec(
    'create table small_blob (number integer primary key, id text unique, bytes blob not null)',
  );
  connection.exec("insert into small_blob (id, bytes) values ('there already', x'05')");
  insert(connection, blobs);
  return connection
    .prepare('select number, id, typeof(bytes) as type, hex(bytes) as hex from small_blob')
    .raw()
    .all();
}

it.each([
  ['several', BLOBS, 5],
  ['several of one length', EVEN, 4],
  ['several empty ones', BLOBS.slice(1, 2).concat({ id: 'as empty', bytes: new Uint8Array() }), 3],
  ['only an empty one', BLOBS.slice(1, 2), 2],
  ['none at all', [], 1],
])(
  'blobs cut out of one are those that are inserted value by value: %s',
  async (_, blobs, rows) => {
    const asOne = await rowsOf(cutOutOfOne, blobs);
    expect(asOne).toHaveLength(rows);
    if (blobs.length > 0) expect(asOne).toEqual(await rowsOf(valueByValue, blobs));
  },
);
