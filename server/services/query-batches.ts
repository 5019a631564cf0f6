import { turnOfTheEventLoop } from '../domain/event-loop.js';
import type { Network } from '../ports/networks.js';
import { batchOf } from './picture-loading.js';

/** With so many a batch is worth its start: alone, a picture takes ten times its share of one. */
const WORTH_STARTING = 16;
const MAX_BATCH = 64;
/** How long decoded pictures wait for others: a large one must not hold up the small. */
const MAX_WAIT_MS = 5;

/** Is told of pictures that went through a network together. */
export type OnBatch = (batch: { readonly size: number; readonly seconds: number }) => void;

interface Waiting {
  readonly pixels: Uint8Array;
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Brings queries through a network together. A batch starts when no other query is being decoded,
 * when it is worth it, or when its first has waited long enough: so one alone waits for nothing,
 * and of many none is encoded alone.
 */
export class QueryBatches {
  private waiting: Waiting[] = [];
  private isEncoding = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** @param areMoreComing whether other queries are being decoded */
  constructor(
    private readonly network: Network,
    private readonly areMoreComing: () => boolean,
    private readonly onBatch: OnBatch = () => undefined,
  ) {}

  get isIdle(): boolean {
    return this.waiting.length === 0 && !this.isEncoding;
  }

  /** The embedding of a decoded picture. */
  encode(pixels: Uint8Array): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ pixels, resolve, reject });
      this.startIfWorthIt();
    });
  }

  /** To be asked whenever a query has been decoded. */
  startIfWorthIt(): void {
    if (this.isEncoding || this.waiting.length === 0) return;
    if (this.waiting.length >= WORTH_STARTING || !this.areMoreComing()) void this.encodeAll();
    else this.timer ??= setTimeout(() => void this.encodeAll(), MAX_WAIT_MS);
  }

  private async encodeAll(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.isEncoding = true;
    // What is decoded in the same moment goes along.
    await turnOfTheEventLoop();
    const tell = await this.encodeTogether(this.waiting.splice(0, MAX_BATCH));
    this.isEncoding = false;
    tell();
    this.startIfWorthIt();
  }

  /** @returns what tells those who wait */
  private async encodeTogether(batch: readonly Waiting[]): Promise<() => void> {
    const { network } = this;
    try {
      const pixels = batch.map((each) => each.pixels);
      const started = performance.now();
      const vectors = await network.encode(batchOf(pixels, network.input));
      this.onBatch({ size: batch.length, seconds: (performance.now() - started) / 1000 });
      return () =>
        batch.forEach(({ resolve }, position) => {
          const start = position * network.latentSize;
          resolve(vectors.slice(start, start + network.latentSize));
        });
    } catch (thrown) {
      return () => {
        for (const { reject } of batch) reject(thrown);
      };
    }
  }
}
