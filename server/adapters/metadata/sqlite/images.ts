import { sql, type ExpressionBuilder, type Selectable } from 'kysely';
import type { Image, ImageFilter, ImageWindow, NewImage } from '../../../domain/image.js';
import type { Images } from '../../../ports/images.js';
import { inBatches } from '../../../domain/batches.js';
import type { Database } from './database.js';
import type { ImageTable, Tables } from './tables.js';

/** SQLite takes 32,766 parameters a statement; ten go with each image. */
const ROWS_PER_INSERT = 500;
const IDS_PER_SELECT = 1000;

export class SqliteImages implements Images {
  constructor(private readonly db: Database) {}

  async insertMany(images: readonly NewImage[]): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      for (const batch of inBatches(images, ROWS_PER_INSERT)) {
        await transaction
          .insertInto('image')
          .values(batch.map(rowOf))
          .onConflict((conflict) => conflict.columns(['dataset_id', 'name']).doNothing())
          .execute();
      }
    });
  }

  async byId(id: number): Promise<Image | null> {
    const [image] = await this.byIds([id]);
    return image ?? null;
  }

  async byIds(ids: readonly number[]): Promise<Image[]> {
    const found = new Map<number, Image>();
    for (const batch of inBatches(ids, IDS_PER_SELECT)) {
      const rows = await this.db.selectFrom('image').selectAll().where('id', 'in', batch).execute();
      for (const row of rows) found.set(row.id, imageOf(row));
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  async page(datasetId: number, filter: ImageFilter, window: ImageWindow): Promise<Image[]> {
    const { afterId, beforeId, limit } = window;
    const backwards = beforeId !== undefined;
    let query = this.db
      .selectFrom('image')
      .selectAll()
      .where(matches(datasetId, filter))
      .orderBy('id', backwards ? 'desc' : 'asc')
      .limit(limit);
    if (afterId !== undefined) query = query.where('id', '>', afterId);
    if (beforeId !== undefined) query = query.where('id', '<', beforeId);
    const images = (await query.execute()).map(imageOf);
    return backwards ? images.reverse() : images;
  }

  async count(datasetId: number, filter: ImageFilter): Promise<number> {
    const { count } = await this.db
      .selectFrom('image')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where(matches(datasetId, filter))
      .executeTakeFirstOrThrow();
    return count;
  }

  async ids(datasetId: number, filter: ImageFilter): Promise<number[]> {
    const rows = await this.db
      .selectFrom('image')
      .select('id')
      .where(matches(datasetId, filter))
      .orderBy('id')
      .execute();
    return rows.map(({ id }) => id);
  }

  async names(datasetId: number): Promise<Set<string>> {
    const rows = await this.db
      .selectFrom('image')
      .select('name')
      .where('dataset_id', '=', datasetId)
      .execute();
    return new Set(rows.map(({ name }) => name));
  }
}

function matches(datasetId: number, { split, label }: ImageFilter) {
  return ({ and, eb }: ExpressionBuilder<Tables, 'image'>) =>
    and([
      eb('dataset_id', '=', datasetId),
      split ? eb('split', '=', split) : sql<boolean>`1 = 1`,
      label === null || label === undefined ? sql<boolean>`1 = 1` : eb('label', '=', label),
    ]);
}

function rowOf(image: NewImage) {
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
  };
}

function imageOf(row: Selectable<ImageTable>): Image {
  return {
    id: row.id,
    datasetId: row.dataset_id,
    name: row.name,
    blobId: row.blob_id,
    format: row.format,
    width: row.width,
    height: row.height,
    channels: row.channels,
    byteLength: row.byte_length,
    label: row.label,
    split: row.split,
  };
}
