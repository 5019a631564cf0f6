import type { Selectable, Transaction } from 'kysely';
import type { Hyperparameters } from '../../../domain/architecture.js';
import type { Evaluation } from '../../../domain/evaluation.js';
import type { Layer, Model, ModelIndex, ModelStatistics, NewModel } from '../../../domain/model.js';
import type { RecallPoint } from '../../../domain/recall-curve.js';
import { dateOf } from './instants.js';
import { inputOf } from './stored-input.js';
import type { ModelIndexTable, ModelTable, Tables } from './tables.js';

/** Adds a model's rows; part of the transaction that ends its run. */
export async function insertModel(
  transaction: Transaction<Tables>,
  model: NewModel,
): Promise<void> {
  await transaction
    .insertInto('model')
    .values({
      id: model.id,
      dataset_id: model.datasetId,
      architecture: model.architecture,
      hyperparameters: JSON.stringify(model.hyperparameters),
      input: JSON.stringify(model.input),
      latent_size: model.latentSize,
      layers: JSON.stringify(model.layers),
      weights_blob_id: model.weightsBlobId,
      evaluation: JSON.stringify(model.evaluation),
      statistics: model.statistics && JSON.stringify(model.statistics),
      created_at: Date.now(),
    })
    .execute();
  const rows = model.indexes.map((index) => indexRowOf(model.id, index));
  if (rows.length > 0) await transaction.insertInto('model_index').values(rows).execute();
}

export function indexRowOf(modelId: number, index: ModelIndex): ModelIndexTable {
  return {
    model_id: modelId,
    split: index.split,
    id: index.id,
    metric: index.metric,
    size: index.size,
    m: index.m,
    ef_construction: index.efConstruction,
    ef_search: index.efSearch,
    build_seconds: index.buildSeconds,
    byte_length: index.byteLength,
    recall_target: index.recallTarget,
    recall_curve: index.recallCurve.length === 0 ? null : JSON.stringify(index.recallCurve),
  };
}

function indexOf(row: Selectable<ModelIndexTable>): ModelIndex {
  return {
    id: row.id,
    split: row.split,
    metric: row.metric,
    size: row.size,
    m: row.m,
    efConstruction: row.ef_construction,
    efSearch: row.ef_search,
    buildSeconds: row.build_seconds,
    byteLength: row.byte_length,
    recallTarget: row.recall_target,
    recallCurve: row.recall_curve === null ? [] : (JSON.parse(row.recall_curve) as RecallPoint[]),
  };
}

/** One from before there were details has none. */
export function evaluationOf(stored: string): Evaluation {
  return { details: null, ...(JSON.parse(stored) as Omit<Evaluation, 'details'>) };
}

export function modelOf(
  row: Selectable<ModelTable>,
  indexes: readonly Selectable<ModelIndexTable>[],
): Model {
  return {
    id: row.id,
    datasetId: row.dataset_id,
    architecture: row.architecture,
    hyperparameters: JSON.parse(row.hyperparameters) as Hyperparameters,
    input: inputOf(row.input),
    latentSize: row.latent_size,
    layers: JSON.parse(row.layers) as Layer[],
    weightsBlobId: row.weights_blob_id,
    evaluation: evaluationOf(row.evaluation),
    statistics: row.statistics === null ? null : (JSON.parse(row.statistics) as ModelStatistics),
    indexes: indexes.filter(({ model_id }) => model_id === row.id).map(indexOf),
    createdAt: dateOf(row.created_at),
  };
}
