import type { Selectable } from 'kysely';
import type { Hyperparameters } from '../../../domain/architecture.js';
import { LookalikeError, notFound } from '../../../domain/errors.js';
import type { InputSpec } from '../../../domain/model.js';
import type { RunOrigin } from '../../../domain/run-origin.js';
import type { Database } from './database.js';
import type { TrainingRunTable } from './tables.js';

/** What a run is queued with. */
export interface QueuedRun {
  readonly datasetId: number;
  readonly architecture: string;
  readonly hyperparameters: Hyperparameters;
  readonly input: InputSpec | null;
  readonly sweepId: number | null;
  readonly origin: RunOrigin | null;
}

/** @throws LookalikeError DATASET_NOT_FOUND, DATASET_NOT_READY while the dataset is being deleted */
export async function insertRun(
  db: Pick<Database, 'insertInto' | 'selectFrom'>,
  run: QueuedRun,
): Promise<Selectable<TrainingRunTable>> {
  const { datasetId, architecture, hyperparameters, input, sweepId, origin } = run;
  const values = {
    dataset_id: datasetId,
    architecture,
    hyperparameters: JSON.stringify(hyperparameters),
    input: input && JSON.stringify(input),
    status: 'QUEUED' as const,
    phase_progress: 0,
    epochs_done: 0,
    attempts: 0,
    cancel_requested: 0,
    created_at: Date.now(),
    sweep_id: sweepId,
    follows_sweep: sweepId === null ? 0 : 1,
    request_id: origin?.requestId ?? null,
    traceparent: origin?.traceparent ?? null,
  };
  const columns = Object.keys(values) as (keyof typeof values)[];
  const row = await db
    .insertInto('training_run')
    .columns(columns)
    .expression((eb) =>
      eb
        .selectFrom('dataset')
        .select(columns.map((column) => eb.val(values[column]).as(column)))
        .where('id', '=', datasetId)
        .where('status', '!=', 'DELETING'),
    )
    .returningAll()
    .executeTakeFirst();
  if (!row) throw await refusal(db, datasetId);
  return row;
}

async function refusal(
  db: Pick<Database, 'selectFrom'>,
  datasetId: number,
): Promise<LookalikeError> {
  const dataset = await db
    .selectFrom('dataset')
    .select('name')
    .where('id', '=', datasetId)
    .executeTakeFirst();
  if (!dataset) return notFound('DATASET_NOT_FOUND', datasetId);
  const message = `Dataset ${dataset.name} is being deleted: choose another one.`;
  return new LookalikeError('DATASET_NOT_READY', message);
}
