import type { Events } from '../ports/events.js';
import type { TrainingRuns } from '../ports/training-runs.js';
import type { EmbeddingCatchUp } from './embedding-catch-up.js';

/** What was added while a model was trained is embedded as soon as the model answers. */
export async function wakeAfterTraining(
  events: Events,
  runs: TrainingRuns,
  catchUp: EmbeddingCatchUp,
): Promise<void> {
  for await (const { runId } of events.subscribe('trainingRunChanged')) {
    const run = await runs.byId(runId);
    if (run?.status === 'SUCCEEDED') catchUp.wake(run.datasetId);
  }
}
