import { Worker } from 'node:worker_threads';

/** A statement with what its question marks stand for. */
export interface BoundStatement {
  readonly sql: string;
  readonly parameters: readonly (string | number | null | Uint8Array)[];
}

/** What the thread opens. */
export interface ThreadData {
  readonly path: string;
  readonly pragmas: readonly string[];
}

/** What the thread is to write in one transaction; null has it end. */
export interface Order {
  readonly number: number;
  /** Where the order of this number has failed, this one fails too. */
  readonly behind: number | null;
  readonly statements: readonly BoundStatement[];
}

export interface Answer {
  readonly number: number;
  readonly error: { readonly message: string; readonly code?: string | undefined } | null;
}

interface Pending {
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/** A thread with a connection takes memory: one that has nothing to do for so long ends. */
const IDLE_MS = 10_000;

/**
 * Writes to an SQLite database from a thread of its own: thousands of rows, and the wait for the disk,
 * would hold up whoever else needs the event loop. The thread is there from the first write on, for as
 * long as there is something to write.
 */
export class SqliteWriter {
  private thread: Worker | null = null;
  private readonly pending = new Map<number, Pending>();
  private orders = 0;
  /** The last one of those that are written in order. */
  private lastInOrder = 0;
  private idle: NodeJS.Timeout | null = null;
  /** Settles when the thread has ended that was told to. */
  private ending: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly database: ThreadData) {}

  /**
   * Carries out the statements in one transaction, all or none, after those that came before. What it
   * has answered for is on disk, if the pragmas say so.
   * @param given memory that the statements' parameters lie in and that the caller does not need any more
   * @throws Error with the code of SQLite
   */
  write(statements: readonly BoundStatement[], given: readonly ArrayBuffer[] = []): Promise<void> {
    return this.post({ behind: null, statements }, given);
  }

  /**
   * As `write`; if the one that was to be written in order before it fails meanwhile, so does this one:
   * nobody has to wait for the end of one to ask for the next.
   */
  writeInOrder(statements: readonly BoundStatement[]): Promise<void> {
    const behind = this.pending.has(this.lastInOrder) ? this.lastInOrder : null;
    const written = this.post({ behind, statements });
    this.lastInOrder = this.orders;
    return written;
  }

  /** Ends when all that was asked is written. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.end();
  }

  private async post(
    order: Omit<Order, 'number'>,
    given: readonly ArrayBuffer[] = [],
  ): Promise<void> {
    if (this.isClosed) throw new Error('The database is closed.');
    const thread = (this.thread ??= this.start());
    if (this.idle) clearTimeout(this.idle);
    const number = (this.orders += 1);
    await new Promise<void>((resolve, reject) => {
      this.pending.set(number, { resolve, reject });
      // The process must not end before the answer, nor wait for a thread without work.
      thread.ref();
      thread.postMessage({ number, ...order } satisfies Order, [...given]);
    });
  }

  private start(): Worker {
    const thread = new Worker(new URL('./writing-thread.cjs', import.meta.url), {
      workerData: this.database,
    });
    thread.on('message', (answer: Answer) => this.settle(thread, answer));
    thread.on('error', (error) => this.lose(thread, error));
    thread.on('exit', () => this.lose(thread, new Error('The writing thread has ended.')));
    return thread;
  }

  private settle(thread: Worker, { number, error }: Answer): void {
    const pending = this.pending.get(number);
    this.pending.delete(number);
    if (error) pending?.reject(Object.assign(new Error(error.message), { code: error.code }));
    else pending?.resolve();
    // Whoever closes waits for the end of the thread.
    if (this.pending.size > 0 || this.isClosed) return;
    thread.unref();
    this.idle = setTimeout(() => void this.end(), IDLE_MS).unref();
  }

  private async end(): Promise<void> {
    const { thread } = this;
    if (this.idle) clearTimeout(this.idle);
    if (thread) {
      this.ending = new Promise((resolve) => thread.once('exit', () => resolve()));
      thread.ref();
      thread.postMessage(null);
      // While it still answers for what came before, `lose` must find it.
      if (this.pending.size === 0) this.thread = null;
    }
    await this.ending;
  }

  /** The next write starts another one. */
  private lose(thread: Worker, reason: Error): void {
    if (this.thread !== thread) return;
    this.thread = null;
    for (const { reject } of this.pending.values()) reject(reason);
    this.pending.clear();
  }
}
