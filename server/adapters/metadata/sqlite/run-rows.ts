import type { Selectable } from 'kysely';
import type { Hyperparameters } from '../../../domain/architecture.js';
import type { RunFailure, TrainingRun } from '../../../domain/training-run.js';
import { dateOf, optionalDateOf } from './instants.js';
import { inputOf } from './stored-input.js';
import type { TrainingRunTable } from './tables.js';

export function runOf(row: Selectable<TrainingRunTable>, modelId: number | null): TrainingRun {
  return {
    id: row.id,
    datasetId: row.dataset_id,
    architecture: row.architecture,
    hyperparameters: JSON.parse(row.hyperparameters) as Hyperparameters,
    input: row.input === null ? null : inputOf(row.input),
    status: row.status,
    phase: row.phase,
    phaseProgress: row.phase_progress,
    epochsDone: row.epochs_done,
    failure: row.failure === null ? null : (JSON.parse(row.failure) as RunFailure),
    attempts: row.attempts,
    cancelRequested: row.cancel_requested !== 0,
    modelId,
    sweepId: row.sweep_id,
    followsSweep: row.follows_sweep !== 0,
    stopReason: row.stop_reason,
    workedSeconds: row.worked / 1000,
    origin:
      row.request_id === null ? null : { requestId: row.request_id, traceparent: row.traceparent },
    createdAt: dateOf(row.created_at),
    startedAt: optionalDateOf(row.started_at),
    finishedAt: optionalDateOf(row.finished_at),
  };
}
