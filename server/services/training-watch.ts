import { reasonOf } from '../domain/errors.js';
import type { Events } from '../ports/events.js';
import type { Log } from '../ports/log.js';
import type { TrainingRuns } from '../ports/training-runs.js';
import type { EmbeddingCatchUp } from './embedding-catch-up.js';
import type { EmbeddingMapService } from './embedding-map.service.js';

/**
 * What was added while a model was trained is embedded as soon as the model answers, and its principal
 * components are drawn before anybody asks for them.
 */
export async function wakeAfterTraining(
  events: Events,
  runs: TrainingRuns,
  catchUp: Pick<EmbeddingCatchUp, 'wake'>,
  maps: Pick<EmbeddingMapService, 'startFirst'>,
  log: Log,
): Promise<void> {
  for await (const { runId } of events.subscribe('trainingRunChanged')) {
    try {
      const run = await runs.byId(runId);
      if (run?.status !== 'SUCCEEDED') continue;
      catchUp.wake(run.datasetId);
      // A model bears the number of its run.
      await maps.startFirst(run.id);
    } catch (thrown) {
      log.error(`could not go on after training run ${runId}: ${reasonOf(thrown)}`);
    }
  }
}
