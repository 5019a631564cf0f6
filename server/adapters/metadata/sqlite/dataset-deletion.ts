import type { Transaction } from 'kysely';
import { LookalikeError } from '../../../domain/errors.js';
import type { Datasets } from '../../../ports/datasets.js';
import { doom } from './doomed-blobs.js';
import { forgetEmbeddings } from './embedding-deletion.js';
import type { Tables } from './tables.js';

/**
 * Deletes the rows of a dataset without images, what is borne before what bears it: a run with a
 * model cannot go before the model. @throws LookalikeError DATASET_BUSY while there are images
 */
export async function deleteDataset(
  transaction: Transaction<Tables>,
  id: number,
): Promise<Awaited<ReturnType<Datasets['delete']>>> {
  await transaction
    .updateTable('dataset')
    .set({ active_model_id: null })
    .where('id', '=', id)
    .execute();
  await refuseWithImages(transaction, id);
  const runs = await transaction
    .selectFrom('training_run')
    .select('id')
    .where('dataset_id', '=', id)
    .execute();
  await forgetEmbeddings(
    transaction,
    runs.map((run) => run.id),
  );
  const ofDataset = transaction
    .selectFrom('training_run')
    .select('id')
    .where('dataset_id', '=', id);
  const indexes = await transaction
    .deleteFrom('model_index')
    .where('model_id', 'in', ofDataset)
    .returning('id')
    .execute();
  const maps = await transaction
    .deleteFrom('embedding_map')
    .where('model_id', 'in', ofDataset)
    .returning('blob_id as id')
    .execute();
  const weights = await transaction
    .deleteFrom('model')
    .where('dataset_id', '=', id)
    .returning('weights_blob_id as id')
    .execute();
  const checkpoints = await transaction
    .deleteFrom('checkpoint')
    .where('run_id', 'in', ofDataset)
    .returning('blob_id as id')
    .execute();
  const best = await transaction
    .deleteFrom('best_checkpoint')
    .where('run_id', 'in', ofDataset)
    .returning('blob_id as id')
    .execute();
  const redrawn = await transaction
    .deleteFrom('epoch_reconstruction')
    .where('run_id', 'in', ofDataset)
    .returning('blob_id as id')
    .execute();
  await transaction.deleteFrom('training_run').where('dataset_id', '=', id).execute();
  await transaction.deleteFrom('sweep').where('dataset_id', '=', id).execute();
  await transaction.deleteFrom('dataset').where('id', '=', id).execute();
  const blobIds = [...maps, ...weights, ...checkpoints, ...best, ...redrawn].flatMap(
    ({ id }) => id ?? [],
  );
  return {
    blobIds: await doom(transaction, blobIds),
    indexIds: indexes.map((index) => index.id),
  };
}

/** Their deletion would cascade, and nobody would be told of their blobs. */
async function refuseWithImages(transaction: Transaction<Tables>, id: number): Promise<void> {
  const image = await transaction
    .selectFrom('image')
    .select('id')
    .where('dataset_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  if (image) {
    throw new LookalikeError(
      'DATASET_BUSY',
      `Dataset ${id} has got images again while it was being deleted. Delete it once more.`,
    );
  }
}
