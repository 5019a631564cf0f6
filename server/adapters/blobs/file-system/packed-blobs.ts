import type { BlobId } from '../../../domain/image.js';

export interface NamedBlob {
  readonly id: BlobId;
  readonly bytes: Uint8Array;
}

/** Blobs for `PACKED_INSERTION`. */
export interface PackedBlobs {
  /** Those of all, one after another. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** JSON: of each its id, the place of its first byte, counted from 1, and how many there are. */
  readonly places: string;
}

/**
 * Inserts blobs that are cut out of one: as many rows as `values (?, ?), ...` would insert, in the same
 * order, without a parameter for each, of which libsql binds 500 in the time that SQLite inserts them.
 * SQLite has no bytes at all for an empty blob, and cuts null out of that. What is there already stays,
 * unless it is damaged: whoever puts it is told that it is there as it was put.
 */
export const PACKED_INSERTION = `
  insert into small_blob (id, bytes)
  select value ->> 0, coalesce(substr(?1, value ->> 1, value ->> 2), x'')
  from json_each(?2) where true
  on conflict (id) do update set bytes = excluded.bytes where small_blob.bytes <> excluded.bytes`;

export function packed(blobs: readonly NamedBlob[]): PackedBlobs {
  const bytes = new Uint8Array(blobs.reduce((sum, { bytes }) => sum + bytes.byteLength, 0));
  let end = 0;
  const places = blobs.map((blob) => {
    const place = [blob.id, end + 1, blob.bytes.byteLength];
    bytes.set(blob.bytes, end);
    end += blob.bytes.byteLength;
    return place;
  });
  return { bytes, places: JSON.stringify(places) };
}
