import { LookalikeError } from '../../../domain/errors.js';
import type { Log } from '../../../ports/log.js';
import type { RunnableModel } from '../../../ports/model-runtime.js';
import { AnsweringProcess, isDeath } from './answering-process.js';

/** What came of one suspect: an answer, or the death of the process that looked at it. */
export type Verdict<T> = { readonly answer: T } | { readonly death: LookalikeError };

/**
 * A process apart for pictures that were in a process when it died. They are looked at one by one
 * with nothing else going on, so that the right one is blamed.
 */
export class Quarantine {
  private last: Promise<unknown> = Promise.resolve();
  private process: AnsweringProcess | null = null;
  private isClosed = false;

  constructor(
    private readonly entry: string,
    private readonly niceness: number,
    private readonly startMs: number,
    private readonly log: Log,
  ) {}

  /**
   * @param look asks the process about one suspect
   * @throws LookalikeError as the calls; EMBEDDER_CRASHED, EMBEDDER_TIMEOUT when the process dies
   * without a suspect too, or is closed
   */
  judge<Suspect, T>(
    model: RunnableModel | null,
    suspects: readonly Suspect[],
    look: (process: AnsweringProcess, suspect: Suspect) => Promise<T>,
  ): Promise<Verdict<T>[]> {
    const verdicts = this.last.then(() => this.judgeNow(model, suspects, look));
    this.last = verdicts.catch(() => undefined);
    return verdicts;
  }

  close(): void {
    this.isClosed = true;
    this.process?.close();
  }

  private async judgeNow<Suspect, T>(
    model: RunnableModel | null,
    suspects: readonly Suspect[],
    look: (process: AnsweringProcess, suspect: Suspect) => Promise<T>,
  ): Promise<Verdict<T>[]> {
    if (this.isClosed) throw new LookalikeError('EMBEDDER_CRASHED', 'The server is stopping.');
    const manner = { name: 'quarantine', niceness: this.niceness } as const;
    const process = new AnsweringProcess(this.entry, manner, this.log);
    this.process = process;
    const verdicts: Verdict<T>[] = [];
    let isNew = true;
    try {
      for (const suspect of suspects) {
        // A process that cannot even start with the model says nothing of a picture.
        if (isNew) await process.call('examine', [model, []], this.startMs);
        const verdict = await this.verdictOn(() => look(process, suspect));
        isNew = 'death' in verdict;
        verdicts.push(verdict);
      }
      return verdicts;
    } finally {
      process.close();
    }
  }

  private async verdictOn<T>(look: () => Promise<T>): Promise<Verdict<T>> {
    try {
      return { answer: await look() };
    } catch (thrown) {
      if (!isDeath(thrown) || this.isClosed) throw thrown;
      return { death: thrown };
    }
  }
}
