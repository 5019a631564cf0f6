import { reasonOf } from '../domain/errors.js';
import type { Events, Topics } from '../ports/events.js';
import type { Log } from '../ports/log.js';
import type { TrainingRuns } from '../ports/training-runs.js';
import type { EmbeddingCatchUp } from './embedding-catch-up.js';
import type { EmbeddingMapService } from './embedding-map.service.js';

/**
 * What was added while a model was trained is embedded as soon as the model answers, and its principal
 * components are drawn before anybody asks for them.
 */
export class TrainingWatch {
  private news: AsyncIterableIterator<Topics['trainingRunChanged']> | null = null;
  private ended: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly events: Events,
    private readonly runs: Pick<TrainingRuns, 'byId'>,
    private readonly catchUp: Pick<EmbeddingCatchUp, 'wake'>,
    private readonly maps: Pick<EmbeddingMapService, 'startFirst'>,
    private readonly log: Log,
  ) {}

  begin(): void {
    if (this.closed) return;
    this.news = this.events.subscribe('trainingRunChanged');
    this.ended = this.follow(this.news);
  }

  /** Ends what it is at, and begins nothing: the tables are closed next. */
  async close(): Promise<void> {
    this.closed = true;
    await this.news?.return?.();
    await this.ended;
  }

  private async follow(news: AsyncIterable<Topics['trainingRunChanged']>): Promise<void> {
    for await (const { runId } of news) {
      try {
        const run = await this.runs.byId(runId);
        if (run?.status !== 'SUCCEEDED') continue;
        this.catchUp.wake(run.datasetId);
        // A model bears the number of its run.
        await this.maps.startFirst(run.id);
      } catch (thrown) {
        this.log.error(`could not go on after training run ${runId}: ${reasonOf(thrown)}`);
      }
    }
  }
}
