import type { Reading } from '../domain/gauges.js';
import { RUN_STATUSES, type TrainingRun } from '../domain/training-run.js';
import type { Datasets } from '../ports/datasets.js';
import type { Images } from '../ports/images.js';
import type { Models } from '../ports/models.js';
import type { TrainingRuns } from '../ports/training-runs.js';
import type { WriteQueue } from './write-queue.js';

/** Counting a million images takes longer than any search: it is done so often. */
const COUNTED_EVERY_MS = 60_000;

/** Reads from the tables how datasets, models and runs stand. */
export class Measurements {
  private readonly counts = new Map<number, { readonly at: number; readonly count: number }>();

  constructor(
    private readonly datasets: Datasets,
    private readonly images: Images,
    private readonly models: Models,
    private readonly runs: TrainingRuns,
    private readonly writes: WriteQueue,
  ) {}

  async read(): Promise<Reading[]> {
    const runs = await this.runs.list(null);
    const countOf = (status: TrainingRun['status']) =>
      runs.filter((run) => run.status === status).length;
    return [
      ['write_queue', this.writes.length],
      ['training_queue', countOf('QUEUED') + countOf('INTERRUPTED')],
      ...RUN_STATUSES.map((status): Reading => ['runs', countOf(status), status]),
      ...(await this.ofRunning(runs)),
      ...(await this.ofDatasets()),
    ];
  }

  private async ofRunning(runs: readonly TrainingRun[]): Promise<Reading[]> {
    const run = runs.find(({ status }) => status === 'RUNNING');
    if (!run) return [];
    const labels = [String(run.id), String(run.datasetId)];
    const last = await this.runs.lastEpoch(run.id);
    return [
      ['run_epochs_done', run.epochsDone, ...labels],
      ...(last
        ? ([
            ['run_epoch_seconds', last.seconds, ...labels],
            ['run_loss', last.loss, ...labels],
          ] as const)
        : []),
    ];
  }

  private async ofDatasets(): Promise<Reading[]> {
    const readings: Reading[] = [];
    for (const { id, activeModelId } of await this.datasets.list()) {
      const dataset = String(id);
      readings.push(['images', await this.countOf(id), dataset]);
      const model = activeModelId === null ? null : await this.models.byId(activeModelId);
      if (!model) continue;
      const name = String(model.id);
      const recall = model.evaluation.recallAt10;
      if (recall !== null) readings.push(['model_recall_at_10', recall, dataset, name]);
      for (const { split, size, byteLength } of model.indexes) {
        readings.push(
          ['index_vectors', size, dataset, name, split],
          ['index_bytes', byteLength, dataset, name, split],
        );
      }
    }
    return readings;
  }

  private async countOf(datasetId: number): Promise<number> {
    const known = this.counts.get(datasetId);
    if (known && Date.now() - known.at < COUNTED_EVERY_MS) return known.count;
    const count = await this.images.count(datasetId, {});
    this.counts.set(datasetId, { at: Date.now(), count });
    return count;
  }
}
