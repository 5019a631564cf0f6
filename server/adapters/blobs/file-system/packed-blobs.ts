import type { BlobId } from '../../../domain/image.js';
import type { BoundStatement } from '../../sqlite-writer/sqlite-writer.js';

export interface NamedBlob {
  readonly id: BlobId;
  readonly bytes: Uint8Array;
}

/** A statement that inserts blobs, and the memory that their bytes were copied into for it. */
export interface PackedInsertion extends BoundStatement {
  readonly memory: ArrayBuffer;
}

/**
 * Inserts blobs that are cut out of one: as many rows as `values (?, ?), ...` would insert, in the same
 * order, without a parameter for each, of which libsql binds 500 in the time that SQLite inserts them.
 * SQLite has no bytes at all for an empty blob, and cuts null out of that. What is there already stays,
 * unless it is damaged: whoever puts it is told that it is there as it was put.
 */
export function packedInsertion(blobs: readonly NamedBlob[]): PackedInsertion {
  const [first] = blobs;
  const length = first?.bytes.byteLength ?? 0;
  const bytes = new Uint8Array(blobs.reduce((sum, { bytes }) => sum + bytes.byteLength, 0));
  const isEven = blobs.every((blob) => blob.bytes.byteLength === length);
  const [sql, ...places] = isEven ? evenly(blobs, length) : unevenly(blobs);
  let end = 0;
  for (const blob of blobs) {
    bytes.set(blob.bytes, end);
    end += blob.bytes.byteLength;
  }
  return { sql, parameters: [bytes, ...places], memory: bytes.buffer };
}

type Places = readonly [sql: string, ...parameters: (string | number)[]];

/** Where all are of one length, their number tells their place: SQLite has half as much to parse. */
function evenly(blobs: readonly NamedBlob[], length: number): Places {
  const ids = JSON.stringify(blobs.map(({ id }) => id));
  return [insertionOf('value', 'key * ?3 + 1', '?3'), ids, length];
}

/** Of each its id, the place of its first byte, counted from 1, and how many there are. */
function unevenly(blobs: readonly NamedBlob[]): Places {
  let end = 0;
  const places = blobs.map(({ id, bytes }) => {
    const place = [id, end + 1, bytes.byteLength];
    end += bytes.byteLength;
    return place;
  });
  return [insertionOf('value ->> 0', 'value ->> 1', 'value ->> 2'), JSON.stringify(places)];
}

function insertionOf(id: string, start: string, length: string): string {
  return `
    insert into small_blob (id, bytes)
    select ${id}, coalesce(substr(?1, ${start}, ${length}), x'') from json_each(?2) where true
    on conflict (id) do update set bytes = excluded.bytes where small_blob.bytes <> excluded.bytes`;
}
