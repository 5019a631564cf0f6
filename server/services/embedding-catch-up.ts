import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { SPLITS } from '../domain/dataset.js';
import { reasonOf } from '../domain/errors.js';
import type { Embedding, EmbeddingFailure, Model } from '../domain/model.js';
import type { Datasets } from '../ports/datasets.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type { Log } from '../ports/log.js';
import type { BulkRuntime } from '../ports/model-runtime.js';
import type { Models } from '../ports/models.js';
import type { LiveIndexes } from './live-indexes.js';
import type { WriteQueue } from './write-queue.js';

const BATCH = 64;
const FIRST_RETRY_MS = 2000;
const MAX_RETRY_MS = 60_000;

/**
 * Embeds, in the background, every image that the active model of its dataset has no embedding of:
 * those that came in while no model was there, or while embedding them failed.
 */
export class EmbeddingCatchUp {
  private readonly waiting = new Set<number>();
  private readonly attempts = new Map<number, number>();
  private readonly retries = new Set<ReturnType<typeof setTimeout>>();
  private working: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly datasets: Datasets,
    private readonly models: Models,
    private readonly images: Images,
    private readonly embeddings: Embeddings,
    private readonly bulk: BulkRuntime,
    private readonly live: LiveIndexes,
    private readonly log: Log,
    private readonly writes: WriteQueue,
    private readonly firstRetryMs = FIRST_RETRY_MS,
  ) {}

  /** Says that images of the dataset may lack an embedding. Answers at once. */
  wake(datasetId: number): void {
    if (this.closed) return;
    this.waiting.add(datasetId);
    this.working ??= this.work();
  }

  async wakeAll(): Promise<void> {
    for (const { id } of await this.datasets.list()) this.wake(id);
  }

  /** Stops behind the batch that it is at. */
  async close(): Promise<void> {
    this.closed = true;
    for (const retry of this.retries) clearTimeout(retry);
    await this.working;
  }

  private async work(): Promise<void> {
    // Whoever wakes it must not wait for the first query.
    await turnOfTheEventLoop();
    // One that is woken meanwhile is put behind the others, and comes up in this same loop.
    for (const datasetId of this.waiting) {
      if (this.closed) break;
      this.waiting.delete(datasetId);
      try {
        await this.catchUp(datasetId);
        this.attempts.delete(datasetId);
      } catch (thrown) {
        this.retryLater(datasetId, thrown);
      }
    }
    // In the same step as the loop's end, so that no wake falls between the two.
    this.working = null;
  }

  private async catchUp(datasetId: number): Promise<void> {
    let modelId: number | null = null;
    let afterId = 0;
    let embedded = 0;
    while (!this.closed) {
      const model = await this.activeModel(datasetId);
      if (!model) return;
      if (model.id !== modelId) afterId = 0;
      modelId = model.id;
      const ids = await this.images.idsToEmbed(datasetId, model.id, afterId, BATCH);
      const lastId = ids.at(-1);
      if (lastId === undefined) break;
      // Ids only grow: an image that comes to nothing is not asked for again in this pass.
      afterId = lastId;
      const { embeddings, failures } = await this.bulk.embedImages(model, ids);
      await this.keep(model, embeddings, failures);
      embedded += embeddings.length;
    }
    if (embedded > 0) this.log.info(`dataset ${datasetId}: ${embedded} images embedded`);
  }

  private async activeModel(datasetId: number): Promise<Model | null> {
    const dataset = await this.datasets.byId(datasetId);
    if (!dataset || dataset.status === 'DELETING' || dataset.activeModelId === null) return null;
    return this.models.byId(dataset.activeModelId);
  }

  /** In a turn of its own, so that no image which is deleted meanwhile is told to the index. */
  private keep(
    model: Model,
    embeddings: readonly Embedding[],
    failures: readonly EmbeddingFailure[],
  ): Promise<void> {
    return this.writes.inTurn(async () => {
      if (!(await this.models.byId(model.id))) return;
      const images = await this.images.byIds([...embeddings, ...failures].map((e) => e.imageId));
      const splits = new Map(images.map(({ id, split }) => [id, split]));
      const present = embeddings.filter(({ imageId }) => splits.has(imageId));
      const failed = failures.filter(({ imageId }) => splits.has(imageId));
      if (failed.length > 0) await this.embeddings.putFailures(model.id, failed);
      if (present.length === 0) return;
      await this.embeddings.putMany(model.id, present);
      for (const split of SPLITS) {
        const ofSplit = present.filter(({ imageId }) => splits.get(imageId) === split);
        if (ofSplit.length > 0) this.live.noteAdded(model, split, ofSplit);
      }
    });
  }

  private retryLater(datasetId: number, thrown: unknown): void {
    if (this.closed) return;
    const attempts = this.attempts.get(datasetId) ?? 0;
    this.attempts.set(datasetId, attempts + 1);
    const pause = Math.min(MAX_RETRY_MS, this.firstRetryMs * 2 ** attempts);
    this.log.error(
      `dataset ${datasetId}: images could not be embedded (${reasonOf(thrown)}); ` +
        `trying again in ${Math.round(pause / 1000)} s`,
    );
    const retry = setTimeout(() => {
      this.retries.delete(retry);
      this.wake(datasetId);
    }, pause);
    this.retries.add(retry);
  }
}
