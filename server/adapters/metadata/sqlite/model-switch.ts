import type { Transaction } from 'kysely';
import type {
  ActivationCause,
  ActivationOutcome,
  MeasuredComparison,
} from '../../../domain/model-activation.js';
import { compareModels, type ModelComparison } from '../../../domain/model-choice.js';
import { evaluationOf } from './model-rows.js';
import type { Tables } from './tables.js';

/** Who is to become active, and why. */
export interface Switch {
  readonly modelId: number;
  readonly cause: ActivationCause;
  readonly forced: boolean;
  /** What holds where their evaluations cannot be compared, if the active one is still the same. */
  readonly measured?: MeasuredComparison | null;
}

/** Neither what somebody goes back to nor what comes with its dataset is held against the active one. */
const HELD_AGAINST_ACTIVE: readonly ActivationCause[] = ['RUN', 'HAND'];

/**
 * Makes a model the active one of its dataset and notes that, unless it is worse than the active one.
 * Part of a transaction, so that the one it is compared with is the one whose place it takes. Null where
 * the model is gone.
 */
export async function activate(
  transaction: Transaction<Tables>,
  { modelId, cause, forced, measured }: Switch,
): Promise<ActivationOutcome | null> {
  // Written before anything is read: that takes SQLite's write lock.
  const dataset = await transaction
    .updateTable('dataset')
    .set(({ ref }) => ({ active_model_id: ref('active_model_id') }))
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('model').select('dataset_id').where('id', '=', modelId),
    )
    .returning(['id', 'active_model_id'])
    .executeTakeFirst();
  if (!dataset) return null;
  const previousModelId = dataset.active_model_id;
  if (previousModelId === modelId) return { isActive: true, previousModelId, comparison: null };
  const anew = measured?.activeModelId === previousModelId ? measured.comparison : null;
  const comparison = (await compared(transaction, modelId, previousModelId)) ?? anew;
  const isHeldBack = HELD_AGAINST_ACTIVE.includes(cause) && !forced;
  if (isHeldBack && comparison?.isWorse) return { isActive: false, previousModelId, comparison };
  await transaction
    .updateTable('dataset')
    .set({ active_model_id: modelId })
    .where('id', '=', dataset.id)
    .execute();
  await transaction
    .insertInto('model_activation')
    .values({
      dataset_id: dataset.id,
      model_id: modelId,
      previous_model_id: previousModelId,
      cause,
      forced: Number(forced),
      at: Date.now(),
    })
    .execute();
  return { isActive: true, previousModelId, comparison };
}

async function compared(
  transaction: Transaction<Tables>,
  candidateId: number,
  activeId: number | null,
): Promise<ModelComparison | null> {
  if (activeId === null) return null;
  const rows = await transaction
    .selectFrom('model')
    .select(['id', 'evaluation'])
    .where('id', 'in', [candidateId, activeId])
    .execute();
  const stored = new Map(rows.map(({ id, evaluation }) => [id, evaluation]));
  const [candidate, active] = [stored.get(candidateId), stored.get(activeId)];
  if (candidate === undefined || active === undefined) return null;
  return compareModels(evaluationOf(candidate), evaluationOf(active));
}
