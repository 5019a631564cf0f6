import type { ChildProcess } from 'node:child_process';
import { reasonOf } from '../../../domain/errors.js';
import type { Events } from '../../../ports/events.js';
import type { Log } from '../../../ports/log.js';
import type { TrainerPool } from '../../../ports/model-runtime.js';
import { STOP, type TensorMemory, type TrainerMessage } from './messages.js';
import { lowerPriority, spawnProcess } from './spawn.js';

/** How often the queue is looked at for runs whose trainer has died elsewhere. */
const POLL_MS = 2000;
const STOP_MS = 9000;
/** The API answers first; training takes what is left. */
const NICENESS = 19;

/** Where the work of a training process waits: runs, or maps. */
interface Queue {
  hasWaiting(): Promise<boolean>;
}

/** One training process at a time, there only while something waits or goes on. */
export class ChildProcessTrainerPool implements TrainerPool {
  private child: ChildProcess | null = null;
  private readonly timer: NodeJS.Timeout;
  private stopping = false;
  private held: TensorMemory | null = null;

  constructor(
    private readonly entry: string,
    private readonly queue: Queue,
    private readonly events: Events,
    private readonly log: Log,
    /** On its command line: `MAPS` for the one that draws maps. */
    private readonly words: readonly string[] = [],
  ) {
    this.timer = setInterval(() => this.wake(), POLL_MS).unref();
  }

  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** What its process holds, as far as it has told; null where none is there. */
  get memory(): TensorMemory | null {
    return this.child ? this.held : null;
  }

  wake(): void {
    if (this.child || this.stopping) return;
    this.startIfNeeded().catch((thrown: unknown) => {
      this.log.error(`no training process was started: ${reasonOf(thrown)}`);
    });
  }

  /** Lets the trainer stop at its next step; its run goes on from the checkpoint later. */
  async close(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    const { child } = this;
    if (!child) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    if (child.connected) child.send(STOP);
    await ended;
    clearTimeout(killer);
  }

  private async startIfNeeded(): Promise<void> {
    const isNeeded = await this.queue.hasWaiting();
    if (isNeeded && !this.child && !this.stopping) this.start();
  }

  private start(): void {
    const child = spawnProcess(this.entry, 'training', this.log, this.words);
    this.child = child;
    const runs = new Set<number>();
    child.on('spawn', () => lowerPriority(child, NICENESS, this.log));
    child.on('message', ({ runChanged, memory }: TrainerMessage) => {
      this.held = memory;
      runs.add(runChanged);
      this.events.publish('trainingRunChanged', { runId: runChanged });
    });
    child.on('error', (error) => {
      this.log.error(`training process: ${error.message}`);
      // One that was never born does not exit either.
      if (child.pid === undefined) this.child = null;
    });
    child.on('exit', (code, signal) => {
      this.child = null;
      this.held = null;
      if (code !== 0) this.log.warn(`the training process died (${signal ?? `code ${code}`})`);
      for (const runId of runs) this.events.publish('trainingRunChanged', { runId });
      if (code === 0) this.wake();
    });
  }
}
