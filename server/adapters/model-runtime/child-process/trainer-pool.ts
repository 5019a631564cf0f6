import { randomUUID } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { reasonOf } from '../../../domain/errors.js';
import type { Events } from '../../../ports/events.js';
import type { Log } from '../../../ports/log.js';
import type { TrainerPool } from '../../../ports/model-runtime.js';
import { OWNER, STOP, type TensorMemory, type TrainerMessage } from './messages.js';
import { RestartPauses } from './restart-pauses.js';
import { lowerPriority, spawnProcess } from './spawn.js';

/** How often the queue is looked at for runs whose trainer has died elsewhere. */
const POLL_MS = 2000;
const STOP_MS = 9000;
/** The API answers first; training takes what is left. */
const NICENESS = 19;

/** Where the work of a training process waits: runs, or maps. */
interface Queue {
  hasWaiting(): Promise<boolean>;
  release(owner: string): Promise<void>;
}

/** One training process at a time, there only while something waits or goes on. */
export class ChildProcessTrainerPool implements TrainerPool {
  /** Until it is dead and what it left can be taken up. */
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;
  private stopping = false;
  private held: TensorMemory | null = null;
  private readonly pauses = new RestartPauses();

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
    if (this.child || this.stopping || !this.pauses.isOver(performance.now())) return;
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
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    if (child.connected) child.send(STOP);
    await this.ended;
    clearTimeout(killer);
  }

  private async startIfNeeded(): Promise<void> {
    const isNeeded = await this.queue.hasWaiting();
    if (isNeeded && !this.child && !this.stopping) this.start();
  }

  private start(): void {
    const owner = randomUUID();
    const words = [...this.words, `${OWNER}${owner}`];
    const child = spawnProcess(this.entry, 'training', this.log, words);
    this.child = child;
    const runs = new Set<number>();
    let settle = (): void => undefined;
    this.ended = new Promise((resolve) => (settle = resolve));
    child.on('spawn', () => lowerPriority(child, NICENESS, this.log));
    child.on('message', ({ runChanged, memory }: TrainerMessage) => {
      this.held = memory;
      runs.add(runChanged);
      this.events.publish('trainingRunChanged', { runId: runChanged });
    });
    child.on('error', (error) => {
      this.log.error(`training process: ${error.message}`);
      // One that was never born does not exit either.
      if (child.pid !== undefined) return;
      this.child = null;
      this.tellDeath(error.message, false);
      settle();
    });
    child.on('exit', (code, signal) => {
      this.held = null;
      if (code !== 0) this.tellDeath(signal ?? `code ${code}`, runs.size > 0);
      else this.pauses.end();
      void this.release(owner).then(() => {
        this.child = null;
        settle();
        for (const runId of runs) this.events.publish('trainingRunChanged', { runId });
        this.wake();
      });
    });
  }

  private tellDeath(how: string, hadWork: boolean): void {
    const pause = this.pauses.afterDeath(hadWork, performance.now());
    if (hadWork || this.stopping) {
      this.log.warn(`the training process died (${how})`);
      return;
    }
    const { count } = this.pauses;
    this.log.error(
      `the training process died (${how}) before it had taken up any work, ` +
        `${count === 1 ? 'once' : `${count} times in a row`}; what it said stands above. ` +
        `The next one is started in ${pause / 1000} s`,
    );
  }

  /** What it had taken up need not wait for the end of its lease: it is dead. */
  private async release(owner: string): Promise<void> {
    try {
      await this.queue.release(owner);
    } catch (thrown) {
      if (this.stopping) return;
      const reason = reasonOf(thrown);
      this.log.warn(
        `what the training process left is taken up in 10 s, and not at once: ${reason}`,
      );
    }
  }
}
