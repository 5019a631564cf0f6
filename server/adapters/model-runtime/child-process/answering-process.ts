import type { ChildProcess } from 'node:child_process';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';
import type { Log } from '../../../ports/log.js';
import type { EmbeddedBatch, Metrics } from '../../../ports/metrics.js';
import type { Answer, Call, Method, Runtimes } from './messages.js';
import { Outbox } from './outbox.js';
import { lowerPriority, spawnProcess } from './spawn.js';

interface Running {
  readonly child: ChildProcess;
  readonly calls: Outbox<Call>;
}

interface Pending {
  readonly child: ChildProcess;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: LookalikeError) => void;
  readonly timer: NodeJS.Timeout;
}

/** How a process is told of, and how much it leaves to others. */
export interface Manner {
  readonly name: EmbeddedBatch['process'];
  /** 0 takes its full share of the processor, 19 only what nobody else wants. */
  readonly niceness: number;
}

/**
 * A child process that answers calls, so that neither a native fault nor a large picture can take
 * the API down or hold it up. It is started when first asked, and again when it has died.
 */
export class AnsweringProcess {
  private running: Running | null = null;
  private readonly pending = new Map<number, Pending>();
  private calls = 0;
  private isClosed = false;

  constructor(
    private readonly entry: string,
    private readonly manner: Manner,
    private readonly log: Log,
    private readonly metrics: Pick<Metrics, 'embedded'> | null = null,
  ) {}

  get pid(): number | null {
    return this.running?.child.pid ?? null;
  }

  /**
   * @throws LookalikeError what the process answers with; EMBEDDER_CRASHED when it dies, is
   * closed, or is killed for another call; EMBEDDER_TIMEOUT when it does not answer in time, and is
   * killed for it
   */
  async call<Name extends Method>(
    method: Name,
    parameters: Parameters<Runtimes[Name]>,
    timeoutMs: number,
  ): Promise<Awaited<ReturnType<Runtimes[Name]>>> {
    if (this.isClosed) throw new LookalikeError('EMBEDDER_CRASHED', 'The server is stopping.');
    const { child, calls } = this.start();
    const call = (this.calls += 1);
    const value = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.timeOut(child, call), timeoutMs).unref();
      this.pending.set(call, { child, resolve, reject, timer });
      calls.post({ call, method, parameters } as Call);
    });
    return value as Awaited<ReturnType<Runtimes[Name]>>;
  }

  /** Lets the process end; what was asked of it fails, and it answers no more. */
  close(): void {
    this.isClosed = true;
    if (!this.running) return;
    const { child } = this.running;
    this.lose(child);
    if (child.connected) child.disconnect();
  }

  private start(): Running {
    if (this.running) return this.running;
    const { name, niceness } = this.manner;
    const child = spawnProcess(this.entry, name, this.log);
    child.on('spawn', () => lowerPriority(child, niceness, this.log));
    child.on('message', (answers: readonly Answer[]) => {
      for (const answer of answers) this.settle(answer);
    });
    child.on('error', (error) => {
      this.log.error(`${name} process: ${error.message}`);
      // One that was never born does not exit either.
      if (child.pid === undefined) this.lose(child);
    });
    child.on('exit', (code, signal) => {
      if (this.running?.child === child) {
        this.log.warn(`the ${name} process ended (${signal ?? `code ${code}`})`);
      }
      this.lose(child);
    });
    const calls = new Outbox<Call>((waiting) => {
      try {
        child.send(waiting, (failed) => {
          if (failed) this.lose(child);
        });
      } catch (thrown) {
        // What cannot be sent at all is thrown, and nobody is above to catch it.
        this.log.error(`${name} process: ${reasonOf(thrown)}`);
        this.lose(child);
      }
    });
    return (this.running = { child, calls });
  }

  private settle(answer: Answer): void {
    if ('batch' in answer) {
      this.metrics?.embedded({ process: this.manner.name, ...answer.batch });
      return;
    }
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
  private timeOut(child: ChildProcess, lateCall: number): void {
    this.log.warn(`the ${this.manner.name} process did not answer in time; it is ended`);
    this.lose(child, lateCall);
    child.kill('SIGKILL');
  }

  /** Gives up on the child, and on all that it was asked; only the late call is told of its time. */
  private lose(child: ChildProcess, lateCall?: number): void {
    if (this.running?.child === child) this.running = null;
    for (const [call, pending] of this.pending) {
      if (pending.child !== child) continue;
      this.pending.delete(call);
      clearTimeout(pending.timer);
      const code = call === lateCall ? 'EMBEDDER_TIMEOUT' : 'EMBEDDER_CRASHED';
      pending.reject(new LookalikeError(code));
    }
  }
}

/** Whether a call failed because its process died or hung, for whatever reason. */
export function isDeath(thrown: unknown): thrown is LookalikeError {
  return (
    thrown instanceof LookalikeError &&
    (thrown.code === 'EMBEDDER_CRASHED' || thrown.code === 'EMBEDDER_TIMEOUT')
  );
}
