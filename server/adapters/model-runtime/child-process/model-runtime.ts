import type { ChildProcess } from 'node:child_process';
import { LookalikeError } from '../../../domain/errors.js';
import type { Split } from '../../../domain/dataset.js';
import type { EncodedPicture } from '../../../domain/image.js';
import type { Model } from '../../../domain/model.js';
import type { Log } from '../../../ports/log.js';
import type { ModelRuntime, RedrawnPicture } from '../../../ports/model-runtime.js';
import type { Answer, Call } from './messages.js';
import { spawnProcess } from './spawn.js';

const TIMEOUT_MS = 30_000;
/** A rebuild of a large index takes minutes. */
const REBUILD_TIMEOUT_MS = 3_600_000;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: LookalikeError) => void;
  readonly timer: NodeJS.Timeout;
}

type CallOf<Method extends keyof ModelRuntime> = Extract<Call, { method: Method }>;

/**
 * Runs models in a child process, so that neither a native fault nor a large picture can take the
 * API down or hold it up. The process is started when first asked for, and again when it dies.
 */
export class ChildProcessModelRuntime implements ModelRuntime {
  private child: ChildProcess | null = null;
  private readonly pending = new Map<number, Pending>();
  private calls = 0;

  constructor(
    private readonly entry: string,
    private readonly log: Log,
  ) {}

  async embedUpload(model: Model, bytes: Uint8Array): Promise<Float32Array> {
    const parameters: CallOf<'embedUpload'>['parameters'] = [model, bytes];
    return (await this.call('embedUpload', parameters, TIMEOUT_MS)) as Float32Array;
  }

  async reconstruct(model: Model, pictures: readonly EncodedPicture[]): Promise<RedrawnPicture[]> {
    const parameters: CallOf<'reconstruct'>['parameters'] = [model, pictures];
    return (await this.call('reconstruct', parameters, TIMEOUT_MS)) as RedrawnPicture[];
  }

  async rebuildIndex(model: Model, split: Split): Promise<void> {
    const parameters: CallOf<'rebuildIndex'>['parameters'] = [model, split];
    await this.call('rebuildIndex', parameters, REBUILD_TIMEOUT_MS);
  }

  /** Starts the process ahead of the first call. */
  warmUp(): void {
    this.start();
  }

  close(): void {
    this.child?.disconnect();
    this.child = null;
  }

  private call<Method extends keyof ModelRuntime>(
    method: Method,
    parameters: CallOf<Method>['parameters'],
    timeout: number,
  ): Promise<unknown> {
    const child = this.start();
    const call = (this.calls += 1);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.timeOut(child), timeout).unref();
      this.pending.set(call, { resolve, reject, timer });
      child.send({ call, method, parameters }, (failed) => {
        if (failed) this.failAll(new LookalikeError('EMBEDDER_CRASHED'));
      });
    });
  }

  private start(): ChildProcess {
    if (this.child) return this.child;
    const child = spawnProcess(this.entry);
    child.on('message', (answer: Answer) => this.settle(answer));
    child.on('error', (error) => {
      this.log.error(`embedding process: ${error.message}`);
      // One that was never born does not exit either.
      if (child.pid === undefined) this.lose(child);
    });
    child.on('exit', (code, signal) => {
      if (this.child === child) {
        this.log.warn(`the embedding process ended (${signal ?? `code ${code}`})`);
      }
      this.lose(child);
    });
    this.child = child;
    return child;
  }

  private lose(child: ChildProcess): void {
    if (this.child !== child) return;
    this.child = null;
    this.failAll(new LookalikeError('EMBEDDER_CRASHED'));
  }

  private settle(answer: Answer): void {
    const pending = this.pending.get(answer.call);
    if (!pending) return;
    this.pending.delete(answer.call);
    clearTimeout(pending.timer);
    if ('error' in answer) {
      pending.reject(new LookalikeError(answer.error.code, answer.error.message));
    } else {
      pending.resolve(answer.value);
    }
  }

  /** A process that does not answer is stuck in native code: only its end helps. */
  private timeOut(child: ChildProcess): void {
    if (this.child !== child) return;
    this.child = null;
    child.kill('SIGKILL');
    this.failAll(new LookalikeError('EMBEDDER_TIMEOUT'));
  }

  private failAll(error: LookalikeError): void {
    for (const { reject, timer } of this.pending.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.pending.clear();
  }
}
