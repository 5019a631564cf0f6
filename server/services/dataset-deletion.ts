import { turnOfTheEventLoop } from '../domain/event-loop.js';
import type { Dataset } from '../domain/dataset.js';
import { LookalikeError, notFound, reasonOf } from '../domain/errors.js';
import type { Datasets } from '../ports/datasets.js';
import type { Log } from '../ports/log.js';
import type { Models } from '../ports/models.js';
import type { TrainingRuns } from '../ports/training-runs.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';
import type { ImageWriter } from './image-writer.js';
import type { Leftovers } from './leftovers.js';
import type { LiveIndexes } from './live-indexes.js';
import type { WaitingBundles } from './waiting-bundles.js';
import type { WriteQueue } from './write-queue.js';

const BATCH = 500;
const UNDER_WAY = ['QUEUED', 'RUNNING', 'INTERRUPTED'];

/** Deletes datasets, in the background: a large one takes minutes. */
export class DatasetDeletion {
  private readonly running = new Map<number, Promise<void>>();
  private closed = false;

  constructor(
    private readonly datasets: Datasets,
    private readonly models: Models,
    private readonly runs: TrainingRuns,
    private readonly leftovers: Leftovers,
    private readonly indexes: VectorIndexes,
    private readonly writer: ImageWriter,
    private readonly live: LiveIndexes,
    private readonly writes: WriteQueue,
    private readonly log: Log,
    private readonly waiting: WaitingBundles,
  ) {}

  /**
   * Begins to delete a dataset with everything in it, and answers at once. Asked again, it goes on.
   * @throws LookalikeError DATASET_NOT_FOUND, DATASET_BUSY
   */
  async delete(id: number): Promise<void> {
    await this.writes.inTurn(async () => {
      const dataset = await this.datasets.byId(id);
      if (!dataset) throw notFound('DATASET_NOT_FOUND', id);
      if (dataset.status === 'DELETING') return;
      await this.requireIdle(dataset);
      await this.datasets.setImportState(id, { status: 'DELETING' });
      try {
        // From here on none can be queued; one may have been just before.
        await this.requireNoRun(dataset);
      } catch (thrown) {
        await this.datasets.setImportState(id, { status: dataset.status });
        throw thrown;
      }
    });
    this.start(id);
  }

  /** Goes on with deletions that the end of the process cut off. */
  async resume(): Promise<void> {
    for (const { id, status } of await this.datasets.list()) {
      if (status === 'DELETING') this.start(id);
    }
  }

  /** Stops behind the batch that it is at; the next start goes on. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.running.values());
  }

  private async requireIdle(dataset: Dataset): Promise<void> {
    const { name, status } = dataset;
    if (status === 'IMPORTING') {
      throw new LookalikeError(
        'DATASET_BUSY',
        `Dataset ${name} is being imported. Delete it when that has ended.`,
      );
    }
    await this.requireNoRun(dataset);
  }

  private async requireNoRun({ id, name }: Dataset): Promise<void> {
    const run = (await this.runs.list(id)).find((each) => UNDER_WAY.includes(each.status));
    if (!run) return;
    throw new LookalikeError(
      'DATASET_BUSY',
      run.sweepId === null
        ? `Training run ${run.id} of dataset ${name} is ${run.status}. Cancel it first.`
        : `Sweep ${run.sweepId} of dataset ${name} goes on. Cancel it first.`,
    );
  }

  private start(id: number): void {
    if (this.closed || this.running.has(id)) return;
    const ended = this.run(id)
      .catch((thrown: unknown) => {
        this.log.error(
          `dataset ${id} is not deleted yet (${reasonOf(thrown)}): delete it again to go on`,
        );
      })
      .finally(() => this.running.delete(id));
    this.running.set(id, ended);
  }

  private async run(id: number): Promise<void> {
    // Or else its indexes would be built anew again and again while they shrink.
    for (const model of await this.models.list(id)) this.live.forgetModel(model.id);
    let deleted = 0;
    for (;;) {
      // The stores may answer without a turn of the event loop; requests must get theirs.
      await turnOfTheEventLoop();
      if (this.closed) return;
      const count = await this.writer.deleteSome(id, BATCH);
      if (count === 0) break;
      deleted += count;
    }
    const models = await this.models.list(id);
    const dataset = await this.datasets.byId(id);
    await this.writes.inTurn(async () => {
      // The bundle that it failed on, before the name is free for another one.
      if (dataset) await this.waiting.forget(dataset.name);
      const { blobIds, indexIds } = await this.datasets.delete(id);
      for (const model of models) this.live.forgetModel(model.id);
      for (const indexId of indexIds) await this.indexes.delete(indexId);
      await this.leftovers.discard(blobIds);
    });
    this.log.info(`dataset ${id} is deleted, with ${deleted} images`);
  }
}
