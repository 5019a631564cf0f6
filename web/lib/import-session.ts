import { batchesOf } from './import-batches';
import type { ImportRefusal } from './import-files';
import { load, type LoadedFile } from './import-loading';
import { PaceMeter, secondsLeft } from './import-pace';
import type { PlannedFile } from './import-plan';
import {
  firstProgress,
  isOver,
  progressAfter,
  type FileOutcome,
  type ImportJob,
  type ImportProgress,
} from './import-progress';
import { backOffMs, ImportTrouble } from './import-trouble';

/** Sends one batch, and answers for every file of it. Throws ImportTrouble. */
export type SendBatch = (
  datasetId: string,
  files: readonly LoadedFile[],
) => Promise<readonly FileOutcome[]>;

const REQUESTS_AT_ONCE = 2;
/** So many files in a row that the server fails at are no longer the files' fault. */
const FAULTS_IN_A_ROW = 5;

/** One import: reads the files batch by batch, sends them, and keeps count. Knows nothing of React. */
export class ImportSession {
  /** In the order they came; the array grows in place, as there can be very many. */
  readonly refusals: ImportRefusal[];
  private progress: ImportProgress;
  private readonly listeners = new Set<() => void>();
  private readonly meter = new PaceMeter();
  private readonly wakers = new Set<() => void>();
  private faults = 0;

  constructor(
    private readonly job: ImportJob,
    private readonly send: SendBatch,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.refusals = [...job.refusals];
    this.progress = firstProgress(job);
  }

  /** The same object until something has changed. */
  readonly snapshot = (): ImportProgress => this.progress;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Ends when every file is answered for, or somebody stopped it. Never throws. */
  async run(): Promise<void> {
    this.meter.restart(this.mark());
    const batches = batchesOf(this.job.files);
    try {
      await Promise.all(
        Array.from({ length: REQUESTS_AT_ONCE }, async () => {
          while (await this.mayGoOn()) {
            const { value, done } = batches.next();
            if (done) return;
            await this.take(value);
          }
        }),
      );
      this.change({ phase: this.progress.phase === 'STOPPING' ? 'STOPPED' : 'DONE' });
    } catch (thrown) {
      const code = thrown instanceof ImportTrouble ? thrown.code : 'INTERNAL';
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      this.change({ phase: 'FAILED', trouble: { code, message } });
      this.wake();
    }
  }

  pause(): void {
    if (this.progress.phase === 'RUNNING') this.change({ phase: 'PAUSED' });
  }

  goOn(): void {
    if (this.progress.phase !== 'PAUSED') return;
    this.faults = 0;
    this.meter.restart(this.mark());
    this.change({ phase: 'RUNNING', trouble: null });
    this.wake();
  }

  stop(): void {
    if (isOver(this.progress.phase) || this.progress.phase === 'STOPPING') return;
    this.change({ phase: 'STOPPING' });
    this.wake();
  }

  private async take(batch: readonly PlannedFile[]): Promise<void> {
    const loaded: LoadedFile[] = [];
    for (const planned of batch) {
      try {
        loaded.push(await load(planned));
      } catch (thrown) {
        const reason = thrown instanceof Error ? thrown.message : String(thrown);
        const message = `It cannot be read from your disk or out of the zip: ${reason}`;
        this.tally([planned], [refused(planned.name, 'FILE_UNREADABLE', message)]);
      }
    }
    if (loaded.length > 0) await this.deliver(loaded);
  }

  /** Sends until there is an answer; a request that is refused as a whole is taken apart. */
  private async deliver(files: readonly LoadedFile[]): Promise<void> {
    for (let attempt = 1; await this.mayGoOn(); attempt += 1) {
      try {
        const outcomes = await this.send(this.job.dataset.id, files);
        if (this.progress.phase === 'RUNNING') this.change({ trouble: null });
        this.faults = 0;
        this.tally(files, outcomes);
        return;
      } catch (thrown) {
        if (!(thrown instanceof ImportTrouble) || thrown.kind === 'gone') throw thrown;
        const { kind, code, message } = thrown;
        const [first] = files;
        const fault = code === 'INTERNAL' && files.length === 1;
        if (fault) this.faults += 1;
        if (fault && this.faults > FAULTS_IN_A_ROW) {
          this.halt({ code, message });
        } else if (kind === 'files' && files.length === 1 && first) {
          this.tally(files, [refused(first.name, code, message)]);
          return;
        } else if (kind === 'files') {
          const middle = Math.ceil(files.length / 2);
          await this.deliver(files.slice(0, middle));
          await this.deliver(files.slice(middle));
          return;
        } else if (kind === 'blocked') this.halt({ code, message });
        else await this.sitOut({ code, message }, backOffMs(attempt));
      }
    }
  }

  private halt(trouble: { code: string; message: string }): void {
    if (this.progress.phase !== 'STOPPING') this.change({ phase: 'PAUSED', trouble });
  }

  private async sitOut(trouble: { code: string; message: string }, ms: number): Promise<void> {
    if (this.progress.phase === 'RUNNING') this.change({ trouble });
    if (this.progress.phase === 'RUNNING') await this.woken(ms);
    if (this.progress.phase === 'RUNNING') this.meter.restart(this.mark());
  }

  /** Waits while it is paused; false once it was stopped. */
  private async mayGoOn(): Promise<boolean> {
    while (this.progress.phase === 'PAUSED') await this.woken(null);
    return this.progress.phase === 'RUNNING';
  }

  private woken(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === null ? undefined : setTimeout(() => done(), ms);
      const done = () => {
        clearTimeout(timer);
        this.wakers.delete(done);
        resolve();
      };
      this.wakers.add(done);
    });
  }

  private wake(): void {
    for (const waker of [...this.wakers]) waker();
  }

  private tally(files: readonly { size: number }[], outcomes: readonly FileOutcome[]): void {
    for (const { name, outcome, refusal } of outcomes) {
      if (outcome !== 'REFUSED') continue;
      const { code, message } = refusal ?? { code: 'INTERNAL', message: 'No reason was given.' };
      this.refusals.push({ name, code, message });
    }
    this.progress = progressAfter(this.progress, files, outcomes);
    this.meter.note(this.mark());
    const pace = this.meter.pace();
    const { total, done, totalBytes, doneBytes } = this.progress;
    this.change({ pace, secondsLeft: secondsLeft(pace, total - done, totalBytes - doneBytes) });
  }

  private mark() {
    const { done: files, doneBytes: bytes } = this.progress;
    return { at: this.now(), files, bytes };
  }

  private change(changes: Partial<ImportProgress>): void {
    this.progress = { ...this.progress, ...changes };
    for (const listener of this.listeners) listener();
  }
}

function refused(name: string, code: string, message: string): FileOutcome {
  return { name, outcome: 'REFUSED', refusal: { code, message } };
}
