import type { PictureQuery } from '../../../domain/image.js';
import type { Log } from '../../../ports/log.js';
import type {
  AugmentationQuery,
  AugmentationRuntime,
  AugmentedPicture,
} from '../../../ports/augmentation.js';
import type { Metrics } from '../../../ports/metrics.js';
import type { ModelRuntime, RedrawnPicture, RunnableModel } from '../../../ports/model-runtime.js';
import { AnsweringProcess } from './answering-process.js';
import { asSent } from './messages.js';

const TIMEOUT_MS = 30_000;
/** libtensorflow comes from a disk that may be slow, and nobody waits for it. */
const WARM_UP_MS = 120_000;

/** Runs models for queries in a child process. */
export class ChildProcessModelRuntime implements ModelRuntime, AugmentationRuntime {
  private readonly process: AnsweringProcess;

  constructor(entry: string, log: Log, metrics: Pick<Metrics, 'embedded'> | null = null) {
    this.process = new AnsweringProcess(entry, { name: 'embedding', niceness: 0 }, log, metrics);
  }

  get pid(): number | null {
    return this.process.pid;
  }

  embed(model: RunnableModel, query: PictureQuery): Promise<Float32Array> {
    return this.process.call('embed', [asSent(model), query], TIMEOUT_MS);
  }

  reconstruct(model: RunnableModel, queries: readonly PictureQuery[]): Promise<RedrawnPicture[]> {
    return this.process.call('reconstruct', [asSent(model), queries], TIMEOUT_MS);
  }

  augment(
    order: Parameters<AugmentationRuntime['augment']>[0],
    queries: readonly AugmentationQuery[],
  ): Promise<AugmentedPicture[]> {
    return this.process.call('augment', [order, queries], TIMEOUT_MS);
  }

  /**
   * Brings the process, libtensorflow and the model into memory ahead of the first query. Whoever
   * asks later is told what went wrong.
   */
  async warmUp(model: RunnableModel): Promise<void> {
    const { width, height, channels } = model.input;
    const bytes = new Uint8Array(width * height * channels);
    const picture = { format: 'RAW', width, height, channels, bytes } as const;
    const query = { picture, crop: null };
    await this.process.call('embed', [asSent(model), query], WARM_UP_MS).catch(() => undefined);
  }

  close(): void {
    this.process.close();
  }
}
