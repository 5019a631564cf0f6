import { turnOfTheEventLoop } from '../../../domain/event-loop.js';
import { sql } from 'kysely';
import { inBatches } from '../../../domain/batches.js';
import type {
  BlobId,
  Image,
  ImageFilter,
  ImageWindow,
  MetadataEntry,
  NewImage,
} from '../../../domain/image.js';
import type { ImageDescription, Images } from '../../../ports/images.js';
import type { BoundStatement } from '../../sqlite-writer/sqlite-writer.js';
import { startOfBlobId } from './blob-use.js';
import { executeAll } from './bound-statements.js';
import type { OpenDatabase } from './database.js';
import { doom } from './doomed-blobs.js';
import { isNotIn } from './embedding-states.js';
import { asIdList, idsIn } from './id-lists.js';
import { importedCountOf, recount, recountOf } from './image-count.js';
import { insertBatch, insertionAsJson } from './image-insertion.js';
import { insertMetadata, keysIn, metadataOf } from './image-metadata.js';
import { relabel } from './image-relabelling.js';
import { imageOf, matches, rowOf } from './image-rows.js';

/** SQLite takes 32,766 parameters a statement; thirteen go with each image. */
const ROWS_PER_INSERT = 500;
/** Of the thread's: SQLite keeps the pages of an index once for each statement that changes them. */
const ROWS_PER_LARGE_INSERT = 10_000;
const IDS_PER_STATEMENT = 1000;
/** Deleted between two breaths for the event loop: with all that hangs on them, about 40 ms. */
const IDS_PER_DELETE = 500;

export class SqliteImages implements Images {
  constructor(private readonly db: OpenDatabase) {}

  async insertMany(images: readonly NewImage[]): Promise<void> {
    const counts = [...datasetsOf(images)].map(recountOf);
    const insertions = images.length > ROWS_PER_INSERT ? insertionsAsJson(images) : null;
    if (insertions) await this.db.writer.write([...insertions, ...counts]);
    else await this.insertHere(images, counts);
  }

  async importMany(images: readonly NewImage[]): Promise<void> {
    const counts = [...datasetsOf(images)].map(importedCountOf);
    const insertions = insertionsAsJson(images);
    if (insertions) await this.db.writer.writeInOrder([...insertions, ...counts]);
    else await this.insertHere(images, counts);
  }

  async describe(id: number, description: ImageDescription): Promise<boolean> {
    const { label, split, metadata } = description;
    return this.db.transaction().execute(async (transaction) => {
      const described = await transaction
        .updateTable('image')
        .set({ label, split })
        .where('id', '=', id)
        .executeTakeFirst();
      if (described.numUpdatedRows === 0n) return false;
      await transaction.deleteFrom('image_metadata').where('image_id', '=', id).execute();
      await insertMetadata(transaction, new Map([[id, metadata]]));
      return true;
    });
  }

  relabel(labels: ReadonlyMap<number, string | null>): Promise<Map<number, string | null>> {
    return this.db.transaction().execute((transaction) => relabel(transaction, labels));
  }

  async deleteMany(ids: readonly number[]): Promise<BlobId[]> {
    return this.db.transaction().execute(async (transaction) => {
      const blobIds = new Set<BlobId>();
      const datasetIds = new Set<number>();
      for (const batch of inBatches(ids, IDS_PER_DELETE)) {
        const redrawn = await transaction
          .deleteFrom('epoch_reconstruction')
          .where('image_id', 'in', batch)
          .returning('blob_id')
          .execute();
        const deleted = await transaction
          .deleteFrom('image')
          .where('id', 'in', batch)
          .returning(['dataset_id', 'blob_id', 'thumbnail_blob_id'])
          .execute();
        for (const { blob_id } of redrawn) blobIds.add(blob_id);
        for (const { dataset_id, blob_id, thumbnail_blob_id } of deleted) {
          datasetIds.add(dataset_id);
          blobIds.add(blob_id);
          if (thumbnail_blob_id !== null) blobIds.add(thumbnail_blob_id);
        }
        await turnOfTheEventLoop();
      }
      await recount(transaction, datasetIds);
      return doom(transaction, blobIds);
    });
  }

  async byId(id: number): Promise<Image | null> {
    const [image] = await this.byIds([id]);
    return image ?? null;
  }

  /** Every row has to be read. */
  known(ids: readonly number[]): null[] {
    return ids.map(() => null);
  }

  async byIds(ids: readonly number[]): Promise<Image[]> {
    const found = new Map<number, Image>();
    for (const batch of inBatches(ids, IDS_PER_STATEMENT)) {
      const rows = await this.db.selectFrom('image').selectAll().where('id', 'in', batch).execute();
      for (const row of rows) found.set(row.id, imageOf(row));
    }
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  async byNames(datasetId: number, names: readonly string[]): Promise<Image[]> {
    const images: Image[] = [];
    for (const batch of inBatches(names, IDS_PER_STATEMENT)) {
      const rows = await this.db
        .selectFrom('image')
        .selectAll()
        .where('dataset_id', '=', datasetId)
        .where('name', 'in', batch)
        .execute();
      images.push(...rows.map(imageOf));
    }
    return images;
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
    const row = await this.db
      .selectFrom((eb) =>
        eb
          .selectFrom('image')
          .select('id')
          .where(matches(datasetId, filter))
          .orderBy('id')
          .as('matching'),
      )
      .select(asIdList('id'))
      .executeTakeFirst();
    return idsIn(row);
  }

  async idsByLabel(datasetId: number): Promise<Map<string | null, number[]>> {
    const rows = await this.db
      .selectFrom('image')
      .select(['label', asIdList('id')])
      .where('dataset_id', '=', datasetId)
      .groupBy('label')
      .execute();
    return new Map(rows.map((row) => [row.label, idsIn(row)]));
  }

  async names(datasetId: number): Promise<Set<string>> {
    const { names } = await this.db
      .selectFrom('image')
      .select(sql<string>`json_group_array(name)`.as('names'))
      .where('dataset_id', '=', datasetId)
      .executeTakeFirstOrThrow();
    return new Set(JSON.parse(names) as string[]);
  }

  metadata(ids: readonly number[]): Promise<Map<number, MetadataEntry[]>> {
    return metadataOf(this.db, ids);
  }

  metadataKeys(datasetId: number): Promise<string[]> {
    return keysIn(this.db, datasetId);
  }

  async exactDuplicates(datasetId: number): Promise<number[][]> {
    // Only rows that share what the index has of their blob are looked at.
    const shared = this.db
      .selectFrom('image')
      .select(startOfBlobId.as('start'))
      .groupBy(startOfBlobId)
      .having(({ fn }) => fn.countAll(), '>', 1);
    const rows = await this.db
      .selectFrom('image')
      .select(asIdList('id'))
      .where(startOfBlobId, 'in', shared)
      .where(sql`+dataset_id`, '=', datasetId)
      .groupBy('blob_id')
      .having(({ fn }) => fn.countAll(), '>', 1)
      .orderBy(({ fn }) => fn.countAll(), 'desc')
      .orderBy(({ fn }) => fn.min('id'))
      .execute();
    return rows.map((row) => idsIn(row).sort((a, b) => a - b));
  }

  async idsToEmbed(
    datasetId: number,
    modelId: number,
    afterId: number,
    limit: number,
  ): Promise<number[]> {
    const row = await this.db
      .selectFrom((eb) =>
        eb
          .selectFrom('image')
          .select('image.id')
          .where('dataset_id', '=', datasetId)
          .where('image.id', '>', afterId)
          .where(isNotIn('embedding', modelId))
          .where(isNotIn('embedding_failure', modelId))
          .orderBy('image.id')
          .limit(limit)
          .as('waiting'),
      )
      .select(asIdList('id'))
      .executeTakeFirst();
    return idsIn(row);
  }

  private async insertHere(
    images: readonly NewImage[],
    counts: readonly BoundStatement[],
  ): Promise<void> {
    const now = Date.now();
    await this.db.transaction().execute(async (transaction) => {
      for (const batch of inBatches(images, ROWS_PER_INSERT)) {
        await insertBatch(transaction, batch, now);
      }
      await executeAll(transaction, counts);
    });
  }
}

/** Null where they have to be inserted otherwise. */
function insertionsAsJson(images: readonly NewImage[]): BoundStatement[] | null {
  if (images.some(({ metadata }) => metadata.length > 0)) return null;
  const now = Date.now();
  const insertions: BoundStatement[] = [];
  for (const batch of inBatches(images, ROWS_PER_LARGE_INSERT)) {
    const insertion = insertionAsJson(batch.map((image) => rowOf(image, now)));
    if (!insertion) return null;
    insertions.push(insertion);
  }
  return insertions;
}

function datasetsOf(images: readonly NewImage[]): Set<number> {
  return new Set(images.map(({ datasetId }) => datasetId));
}
