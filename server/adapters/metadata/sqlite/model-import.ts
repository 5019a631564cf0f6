import type { Transaction } from 'kysely';
import { inBatches } from '../../../domain/batches.js';
import type { ImportedModel } from '../../../ports/models.js';
import { insertModel } from './model-rows.js';
import { activate } from './model-switch.js';
import type { Tables } from './tables.js';

const ROWS_PER_INSERT = 500;

/** Adds the run that left the model elsewhere, then the model. @returns the id of both */
export async function insertImported(
  transaction: Transaction<Tables>,
  { epochs, ...model }: ImportedModel,
): Promise<number> {
  const now = Date.now();
  const [first, last] = [epochs[0], epochs.at(-1)];
  const startedAt = first ? first.finishedAt.getTime() - Math.round(first.seconds * 1000) : now;
  const { id } = await transaction
    .insertInto('training_run')
    .values({
      dataset_id: model.datasetId,
      architecture: model.architecture,
      hyperparameters: JSON.stringify(model.hyperparameters),
      input: JSON.stringify(model.input),
      status: 'SUCCEEDED',
      phase_progress: 0,
      epochs_done: last?.epoch ?? 0,
      attempts: 0,
      cancel_requested: 0,
      created_at: startedAt,
      started_at: startedAt,
      finished_at: last?.finishedAt.getTime() ?? now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const batch of inBatches(epochs, ROWS_PER_INSERT)) {
    await transaction
      .insertInto('epoch')
      .values(
        batch.map(({ epoch, loss, seconds, finishedAt, validation }) => ({
          run_id: id,
          epoch,
          loss,
          seconds,
          finished_at: finishedAt.getTime(),
          validation: validation && JSON.stringify(validation),
        })),
      )
      .execute();
  }
  await insertModel(transaction, { ...model, id });
  await activate(transaction, { modelId: id, cause: 'BUNDLE', forced: false });
  return id;
}
