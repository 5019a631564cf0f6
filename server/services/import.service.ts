import { turnOfTheEventLoop } from '../domain/event-loop.js';
import type { Dataset } from '../domain/dataset.js';
import { LookalikeError, reasonOf } from '../domain/errors.js';
import type { BlobId, NewImage } from '../domain/image.js';
import type { Blobs } from '../ports/blobs.js';
import type { DatasetSource, OpenSource, SourceImage } from '../ports/dataset-source.js';
import type { Datasets } from '../ports/datasets.js';
import type { Images } from '../ports/images.js';
import { Arriving } from './arriving.js';
import type { Leftovers } from './leftovers.js';
import { inTwoSteps } from './two-steps.js';
import type { WaitingBundles } from './waiting-bundles.js';
import type { WriteQueue } from './write-queue.js';

/** Brings the images of a source into a dataset. */
export class ImportService {
  private readonly running = new Map<string, Promise<void>>();
  private closed = false;

  constructor(
    private readonly datasets: Datasets,
    private readonly images: Images,
    private readonly blobs: Blobs,
    private readonly leftovers: Leftovers,
    private readonly writes: WriteQueue,
    private readonly waiting: WaitingBundles,
  ) {}

  /**
   * Starts to import, or goes on with an import that was cut off; images that are there already
   * are not added twice. Progress and failure are told by the dataset's row.
   * @returns the dataset at once, and a promise that settles when the import has ended
   * @throws LookalikeError DATASET_NOT_READY while the dataset is being deleted, DATASET_BUSY where a
   * bundle is on its way into it
   */
  async start(source: DatasetSource): Promise<{ dataset: Dataset; ended: Promise<void> }> {
    // In a turn, as bundles do: of two that want the name in one moment one finds the other.
    const dataset = await this.writes.inTurn(() => this.datasetOf(source));
    if (dataset.status === 'DELETING') {
      throw new LookalikeError(
        'DATASET_NOT_READY',
        `Dataset ${dataset.name} is being deleted. Import it when it is gone.`,
      );
    }
    const already = this.running.get(source.name);
    if (!already && dataset.status === 'READY') return { dataset, ended: Promise.resolve() };
    // Nothing may be awaited between `get` and `set`: two callers would both start.
    const ended =
      already ?? this.run(dataset, source).finally(() => this.running.delete(source.name));
    this.running.set(source.name, ended);
    return { dataset: { ...dataset, status: 'IMPORTING', importError: null }, ended };
  }

  /** Stops behind the batch that it is at; the next start goes on. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.running.values());
  }

  /** Whether what goes on with the dataset of this name is the import of a bundle. */
  isFromBundle(name: string): Promise<boolean> {
    return this.waiting.has(name);
  }

  private async datasetOf({ name, title }: DatasetSource): Promise<Dataset> {
    const present = await this.datasets.byName(name);
    const isSettled = present?.status === 'READY' || present?.status === 'DELETING';
    if (!isSettled && (await this.waiting.has(name))) {
      throw new LookalikeError(
        'DATASET_BUSY',
        `A bundle is on its way into dataset ${name}. Wait until it is READY, or delete it if it FAILED.`,
      );
    }
    return present ?? this.datasets.findOrCreate(name, title);
  }

  private async run(dataset: Dataset, source: DatasetSource): Promise<void> {
    let open: OpenSource | null = null;
    try {
      await this.datasets.setImportState(dataset.id, { status: 'IMPORTING', importError: null });
      open = await source.open();
      const present = await this.images.names(dataset.id);
      await this.datasets.setImportState(dataset.id, {
        expectedCount: open.count,
        importedCount: present.size,
      });
      await this.insertAll(dataset.id, open, present);
      if (this.closed) return;
      await this.datasets.setImportState(dataset.id, { status: 'READY' });
    } catch (thrown) {
      const code = thrown instanceof LookalikeError ? thrown.code : 'INTERNAL';
      await this.datasets.setImportState(dataset.id, {
        status: 'FAILED',
        importError: `${code}: ${reasonOf(thrown)}`,
      });
      await this.sweep();
    } finally {
      open?.close();
    }
  }

  /** Takes a turn for as many batches as come one upon the other while nobody else wants to write. */
  private async insertAll(
    datasetId: number,
    source: OpenSource,
    present: ReadonlySet<string>,
  ): Promise<void> {
    /** Rows whose bytes are stored, and which are not there yet. */
    const waiting = new Set<readonly NewImage[]>();
    const store = async (batch: readonly SourceImage[]) => {
      // To read and hash a batch is as much as others can wait for.
      await turnOfTheEventLoop();
      const missing = batch.filter(({ name }) => !present.has(name));
      const rows = missing.length === 0 ? [] : await this.store(datasetId, missing);
      waiting.add(rows);
      return rows;
    };
    const insert = async (_: unknown, rows: readonly NewImage[]) => {
      await source.whole;
      if (rows.length > 0) await this.images.importMany(rows);
      waiting.delete(rows);
      // The stores may answer without a turn of the event loop; requests must get theirs.
      await turnOfTheEventLoop();
    };
    const batches = new Arriving(source.images());
    // Whoever wants to write waits for what is at hand, and the first time until all is found whole.
    while (!this.closed && (await batches.isThere())) {
      const batchesAtHand = batches.atHand(() => this.closed || this.writes.isAwaited);
      await this.writes.inTurn(async () => {
        try {
          await inTwoSteps(batchesAtHand, store, insert);
        } catch (thrown) {
          await this.leftovers.noteUnused([...waiting].flat().map(({ blobId }) => blobId));
          throw thrown;
        }
      });
    }
  }

  /** Bytes whose rows never came are of no use. What cannot be deleted now is at the next start. */
  private async sweep(): Promise<void> {
    try {
      await this.leftovers.sweep();
    } catch {
      // What is told is why the import broke off: a full disk, say.
    }
  }

  /** Blobs first: a row never names bytes that are not on disk. @returns the rows */
  private async store(datasetId: number, batch: readonly SourceImage[]): Promise<NewImage[]> {
    const blobIds = await this.blobs.putMany(batch.map(({ bytes }) => bytes));
    return batch.map((image, position) => {
      const blobId = blobIds[position];
      if (blobId === undefined) throw new LookalikeError('INTERNAL', 'A blob has no name.');
      return newImage(datasetId, blobId, image);
    });
  }
}

/** Field by field: to copy all but the bytes takes as long as to hash them. */
function newImage(datasetId: number, blobId: BlobId, image: SourceImage): NewImage {
  return {
    datasetId,
    blobId,
    name: image.name,
    label: image.label,
    split: image.split,
    format: image.format,
    width: image.width,
    height: image.height,
    channels: image.channels,
    byteLength: image.bytes.byteLength,
    hasAlpha: false,
    thumbnailBlobId: null,
    metadata: [],
  };
}
