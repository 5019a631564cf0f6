import type { ExpressionBuilder, Transaction } from 'kysely';
import { inBatches } from '../../../domain/batches.js';
import type { EmbeddingFailure } from '../../../domain/model.js';
import type { EmbeddingCounts, Embeddings } from '../../../ports/embeddings.js';
import type { Database } from './database.js';
import { asIdList, idsIn } from './id-lists.js';
import type { Tables } from './tables.js';

const ROWS_PER_STATEMENT = 1000;

type States = Awaited<ReturnType<Embeddings['states']>>;

/** Notes failures of images that are there and have no embedding. */
export async function writeFailures(
  db: Database,
  modelId: number,
  failures: readonly EmbeddingFailure[],
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const batch of inBatches(failures, ROWS_PER_STATEMENT)) {
      const imageIds = batch.map(({ imageId }) => imageId);
      const failing = await imagesWithoutFailure(transaction, modelId, imageIds);
      const embedded = await embeddedOf(transaction, modelId, imageIds);
      for (const id of embedded) failing.delete(id);
      const rows = [...new Map(batch.map(({ imageId, message }) => [imageId, message]))]
        .filter(([imageId]) => failing.has(imageId))
        .map(([imageId, message]) => ({ model_id: modelId, image_id: imageId, message }));
      if (rows.length > 0) await transaction.insertInto('embedding_failure').values(rows).execute();
    }
  });
}

/**
 * Forgets failures of these images. That is a write, so that what is read after it stays true until
 * the commit. @returns those of the images that are there
 */
export async function imagesWithoutFailure(
  transaction: Transaction<Tables>,
  modelId: number,
  imageIds: readonly number[],
): Promise<Set<number>> {
  await transaction
    .deleteFrom('embedding_failure')
    .where('model_id', '=', modelId)
    .where('image_id', 'in', imageIds)
    .execute();
  const present = await transaction
    .selectFrom('image')
    .select(asIdList('id'))
    .where('id', 'in', imageIds)
    .executeTakeFirst();
  return new Set(idsIn(present));
}

/** Those of the images that have an embedding under the model. */
async function embeddedOf(
  db: Database,
  modelId: number,
  imageIds: readonly number[],
): Promise<number[]> {
  const embedded = await db
    .selectFrom('embedding')
    .select(asIdList('image_id'))
    .where('model_id', '=', modelId)
    .where('image_id', 'in', imageIds)
    .executeTakeFirst();
  return idsIn(embedded);
}

/** Condition on an image: that the table has nothing of it under the model. */
export function isNotIn(table: 'embedding' | 'embedding_failure', modelId: number) {
  return ({ not, exists, ref, selectFrom }: ExpressionBuilder<Tables, 'image'>) =>
    not(
      exists(
        selectFrom(table)
          .select('image_id')
          .where('model_id', '=', modelId)
          .where('image_id', '=', ref('image.id')),
      ),
    );
}

/** How each of the images stands under the model. */
export async function statesOf(
  db: Database,
  modelId: number,
  imageIds: readonly number[],
): Promise<States> {
  const states: States = new Map();
  for (const batch of inBatches(imageIds, ROWS_PER_STATEMENT)) {
    for (const id of batch) states.set(id, { state: 'PENDING', message: null });
    const failed = await db
      .selectFrom('embedding_failure')
      .select(['image_id', 'message'])
      .where('model_id', '=', modelId)
      .where('image_id', 'in', batch)
      .execute();
    for (const { image_id, message } of failed) states.set(image_id, { state: 'FAILED', message });
    const embedded = await embeddedOf(db, modelId, batch);
    for (const id of embedded) states.set(id, { state: 'EMBEDDED', message: null });
  }
  return states;
}

/** How many images of the dataset stand how under the model. */
export async function countStates(
  db: Database,
  modelId: number,
  datasetId: number,
): Promise<EmbeddingCounts> {
  const row = await db
    .selectNoFrom((eb) => {
      const count = (table: 'embedding' | 'embedding_failure') =>
        eb
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('model_id', '=', modelId);
      return [
        eb
          .selectFrom('image')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('dataset_id', '=', datasetId)
          .as('images'),
        count('embedding').as('embedded'),
        count('embedding_failure').as('failed'),
      ];
    })
    .executeTakeFirstOrThrow();
  const [images, embedded, failed] = [row.images ?? 0, row.embedded ?? 0, row.failed ?? 0];
  return { EMBEDDED: embedded, FAILED: failed, PENDING: Math.max(0, images - embedded - failed) };
}
