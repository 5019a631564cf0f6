import type { PictureQuery } from '../../../domain/image.js';
import type { Model } from '../../../domain/model.js';
import type { Log } from '../../../ports/log.js';
import type { ModelRuntime, RedrawnPicture } from '../../../ports/model-runtime.js';
import { AnsweringProcess } from './answering-process.js';

const TIMEOUT_MS = 30_000;

/** Runs models for queries in a child process. */
export class ChildProcessModelRuntime implements ModelRuntime {
  private readonly process: AnsweringProcess;

  constructor(entry: string, log: Log) {
    this.process = new AnsweringProcess(entry, { name: 'embedding', niceness: 0 }, log);
  }

  embed(model: Model, query: PictureQuery): Promise<Float32Array> {
    return this.process.call('embed', [model, query], TIMEOUT_MS);
  }

  reconstruct(model: Model, queries: readonly PictureQuery[]): Promise<RedrawnPicture[]> {
    return this.process.call('reconstruct', [model, queries], TIMEOUT_MS);
  }

  /** Starts the process ahead of the first call. */
  warmUp(): void {
    this.process.warmUp();
  }

  close(): void {
    this.process.close();
  }
}
