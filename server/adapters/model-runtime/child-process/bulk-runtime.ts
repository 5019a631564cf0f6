import { inBatchesOfSize } from '../../../domain/batches.js';
import type { Split } from '../../../domain/dataset.js';
import type { LookalikeError } from '../../../domain/errors.js';
import type { Embedding, EmbeddingFailure, Model } from '../../../domain/model.js';
import type { Log } from '../../../ports/log.js';
import type { Metrics } from '../../../ports/metrics.js';
import type { BulkRuntime, ExaminedFile, RunnableModel } from '../../../ports/model-runtime.js';
import { AnsweringProcess, isDeath } from './answering-process.js';
import { asSent } from './messages.js';
import { Quarantine } from './quarantine.js';

/** Queries come first, then this, then training. */
const NICENESS = 5;
/** Bytes of files that are sent at once: while they are, the API's event loop stands still. */
const SENT_AT_A_TIME = 16 * 1024 * 1024;

/** How long the process may take, in milliseconds. */
export interface BulkLimits {
  /** For examining files: so long, and so long again for each of them. */
  readonly examineMs: number;
  readonly fileMs: number;
  readonly embedMs: number;
  /** An index of millions takes most of an hour. */
  readonly rebuildMs: number;
}

const LIMITS: BulkLimits = {
  examineMs: 60_000,
  fileMs: 2000,
  embedMs: 600_000,
  rebuildMs: 3_600_000,
};

interface EmbeddedImages {
  readonly embeddings: readonly Embedding[];
  readonly failures: readonly EmbeddingFailure[];
}

/** Bulk work in a child process. Pictures that were in it when it died are looked at one by one. */
export class ChildProcessBulkRuntime implements BulkRuntime {
  private readonly process: AnsweringProcess;
  private readonly quarantine: Quarantine;

  constructor(
    entry: string,
    log: Log,
    private readonly limits: BulkLimits = LIMITS,
    metrics: Pick<Metrics, 'embedded'> | null = null,
  ) {
    this.process = new AnsweringProcess(entry, { name: 'bulk', niceness: NICENESS }, log, metrics);
    this.quarantine = new Quarantine(entry, NICENESS, limits.examineMs, log);
  }

  get pid(): number | null {
    return this.process.pid;
  }

  async examine(
    model: RunnableModel | null,
    files: readonly Uint8Array[],
  ): Promise<ExaminedFile[]> {
    const sent = model && asSent(model);
    const answers: ExaminedFile[] = [];
    const groups = inBatchesOfSize(files, ({ byteLength }) => byteLength, SENT_AT_A_TIME);
    for (const group of groups) {
      answers.push(...(await this.examineTogether(sent, group)));
    }
    return answers.map(detached);
  }

  async embedImages(model: RunnableModel, imageIds: readonly number[]): Promise<EmbeddedImages> {
    try {
      return await this.process.call('embedImages', [asSent(model), imageIds], this.limits.embedMs);
    } catch (thrown) {
      if (!isDeath(thrown)) throw thrown;
    }
    const verdicts = await this.quarantine.judge(model, imageIds, (process, id) =>
      process.call('embedImages', [asSent(model), [id]], this.timeoutOf(1)),
    );
    return {
      embeddings: verdicts.flatMap((verdict) =>
        'answer' in verdict ? verdict.answer.embeddings : [],
      ),
      failures: verdicts.flatMap((verdict, position) => {
        if ('answer' in verdict) return verdict.answer.failures;
        return { imageId: imageIds[position] ?? 0, message: this.causeOf(verdict.death) };
      }),
    };
  }

  async rebuildIndex({ id }: Pick<Model, 'id'>, split: Split): Promise<void> {
    const rebuild = () => this.process.call('rebuildIndex', [{ id }, split], this.limits.rebuildMs);
    try {
      await rebuild();
    } catch (thrown) {
      // Most likely it was a picture that took the process down.
      if (!isDeath(thrown) || thrown.code === 'EMBEDDER_TIMEOUT') throw thrown;
      await rebuild();
    }
  }

  /** As of `ChildProcessModelRuntime`: examines no file under the model. */
  async warmUp(model: RunnableModel): Promise<void> {
    const { examineMs } = this.limits;
    await this.process.call('examine', [asSent(model), []], examineMs).catch(() => undefined);
  }

  close(): void {
    this.quarantine.close();
    this.process.close();
  }

  private async examineTogether(
    model: RunnableModel | null,
    files: readonly Uint8Array[],
  ): Promise<ExaminedFile[]> {
    try {
      return await this.process.call('examine', [model, files], this.timeoutOf(files.length));
    } catch (thrown) {
      if (!isDeath(thrown)) throw thrown;
    }
    const verdicts = await this.quarantine.judge(model, files, (process, file) =>
      process.call('examine', [model, [file]], this.timeoutOf(1)),
    );
    return verdicts.flatMap((verdict) =>
      'answer' in verdict ? verdict.answer : [this.refusalFor(verdict.death)],
    );
  }

  private timeoutOf(fileCount: number): number {
    return this.limits.examineMs + fileCount * this.limits.fileMs;
  }

  private refusalFor(death: LookalikeError): ExaminedFile {
    return { refusal: { code: 'UPLOAD_CRASHED_DECODER', message: this.causeOf(death) } };
  }

  private causeOf({ code }: LookalikeError): string {
    return code === 'EMBEDDER_TIMEOUT'
      ? `Decoding the picture took over ${Math.ceil(this.timeoutOf(1) / 1000)} seconds. It is refused.`
      : 'The picture took the decoding process down. It is refused: it is damaged or malicious.';
  }
}

/** A vector that is kept would keep all of the message that it came in. */
function detached(file: ExaminedFile): ExaminedFile {
  if ('refusal' in file || !file.embedding) return file;
  return { ...file, embedding: { ...file.embedding, vector: file.embedding.vector.slice() } };
}
