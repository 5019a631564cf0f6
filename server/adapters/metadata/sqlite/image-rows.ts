import type { ExpressionBuilder, Insertable, Selectable } from 'kysely';
import { SPLITS } from '../../../domain/dataset.js';
import type { Image, ImageFilter, NewImage } from '../../../domain/image.js';
import { dateOf } from './instants.js';
import type { ImageTable, Tables } from './tables.js';

/** The images of a dataset that every condition of the filter holds for. */
export function matches(datasetId: number, filter: ImageFilter) {
  const { split, label, metadata, addedFrom, addedBefore } = filter;
  return (eb: ExpressionBuilder<Tables, 'image'>) => {
    const conditions = [eb('dataset_id', '=', datasetId)];
    if (label === null || label === undefined) {
      if (split) conditions.push(eb('split', '=', split));
    } else {
      // The index of labels is by split first: both are named so that it serves.
      conditions.push(eb('split', 'in', split ? [split] : SPLITS), eb('label', '=', label));
    }
    for (const { key, value } of metadata ?? []) {
      const bearers = eb
        .selectFrom('image_metadata')
        .select('image_id')
        .where('key', '=', key)
        .where('value', '=', value);
      conditions.push(eb('image.id', 'in', bearers));
    }
    if (addedFrom) conditions.push(eb('added_at', '>=', addedFrom.getTime()));
    if (addedBefore) conditions.push(eb('added_at', '<', addedBefore.getTime()));
    return eb.and(conditions);
  };
}

export function rowOf(image: NewImage, now: number): Insertable<ImageTable> {
  return {
    dataset_id: image.datasetId,
    name: image.name,
    blob_id: image.blobId,
    format: image.format,
    width: image.width,
    height: image.height,
    channels: image.channels,
    byte_length: image.byteLength,
    label: image.label,
    split: image.split,
    thumbnail_blob_id: image.thumbnailBlobId,
    has_alpha: image.hasAlpha ? 1 : 0,
    added_at: image.addedAt?.getTime() ?? now,
  };
}

export function imageOf(row: Selectable<ImageTable>): Image {
  return {
    id: row.id,
    datasetId: row.dataset_id,
    name: row.name,
    blobId: row.blob_id,
    format: row.format,
    width: row.width,
    height: row.height,
    channels: row.channels,
    hasAlpha: row.has_alpha !== 0,
    thumbnailBlobId: row.thumbnail_blob_id,
    byteLength: row.byte_length,
    label: row.label,
    split: row.split,
    addedAt: dateOf(row.added_at),
  };
}
