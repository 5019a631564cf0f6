import { checkDatasetName, datasetTitleOf } from '../domain/dataset-name.js';
import type { Dataset } from '../domain/dataset.js';
import { isDiskFull } from '../domain/disk-full.js';
import { LookalikeError, reasonOf } from '../domain/errors.js';
import type { BundleFile, Bundles } from '../ports/bundles.js';
import type { Datasets } from '../ports/datasets.js';
import type { Log } from '../ports/log.js';
import { checkBundle, type CheckedBundle } from './bundle-check.js';
import type { BundleContentImport } from './bundle-import-content.js';
import type { WriteQueue } from './write-queue.js';

/** What somebody sends to be imported. */
export interface SentBundle {
  /** For the dataset; null takes the bundle's own. */
  readonly name: string | null;
  readonly title: string | null;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Takes in bundles, and imports them in the background, one after another. */
export class BundleImport {
  private last: Promise<void> = Promise.resolve();
  /** Goes on beside the imports: a dataset is READY, and searched, before it has its indexes. */
  private indexing: Promise<void> = Promise.resolve();
  /** The names of datasets whose bundles are queued. */
  private readonly queued = new Set<string>();
  private closed = false;

  constructor(
    private readonly bundles: Bundles,
    private readonly datasets: Datasets,
    private readonly content: BundleContentImport,
    private readonly writes: WriteQueue,
    private readonly log: Log,
  ) {}

  /**
   * Takes in a bundle and begins to import it into a new dataset, whose row tells how that goes on.
   * Where this throws, nothing is left behind, or what the next start goes on with.
   * @throws LookalikeError DATASET_NAME_INVALID, DATASET_NAME_TAKEN, INVALID_ARGUMENT,
   * BUNDLE_INVALID, DISK_FULL, and what `pieces` throws
   */
  async receive({ name, title, pieces }: SentBundle): Promise<Dataset> {
    if (name !== null) await this.requireFree(name);
    const file = await this.bundles.receive(pieces);
    try {
      const reader = await this.bundles.open(file);
      try {
        const bundle = await checkBundle(reader);
        const own = name ?? bundle.manifest.name;
        const { dataset, kept } = await this.writes.inTurn(() =>
          this.create(file, own, title ?? bundle.manifest.title, bundle.imageCount),
        );
        this.enqueue(dataset, kept, bundle);
        return dataset;
      } catch (thrown) {
        reader.close();
        throw thrown;
      }
    } catch (thrown) {
      await this.bundles.delete(file);
      throw thrown;
    }
  }

  /** Goes on with what the end of the process cut off, and clears up what it left behind. */
  async resume(): Promise<void> {
    await this.bundles.sweep();
    for (const { file, name } of await this.bundles.kept()) {
      if (this.queued.has(name)) continue;
      await this.writes.inTurn(async () => {
        const dataset = await this.datasets.byName(name);
        if (!dataset || !['IMPORTING', 'FAILED'].includes(dataset.status)) {
          return this.bundles.delete(file);
        }
        await this.datasets.setImportState(dataset.id, { status: 'IMPORTING', importError: null });
        this.enqueue(dataset, file, null);
      });
    }
  }

  /** Settles when all that was received is imported and indexed, or has failed. */
  async ended(): Promise<void> {
    await this.last;
    await this.indexing;
  }

  /** Stops behind the batch that it is at; the next start goes on. */
  async close(): Promise<void> {
    this.closed = true;
    await this.last;
  }

  private async requireFree(name: string): Promise<void> {
    checkDatasetName(name);
    if (!(await this.datasets.byName(name))) return;
    throw nameTaken(name);
  }

  /** The file is kept before there is a dataset, so that none is ever there without its file. */
  private async create(
    file: BundleFile,
    name: string,
    title: string,
    expectedCount: number,
  ): Promise<{ dataset: Dataset; kept: BundleFile }> {
    await this.requireFree(name);
    const told = datasetTitleOf(name, title);
    const kept = await this.bundles.keep(file, name);
    const dataset = await this.rowFor(name, told, kept);
    try {
      await this.datasets.setImportState(dataset.id, { expectedCount });
    } catch (thrown) {
      // The import tells it again; without its file the row would be IMPORTING for ever.
      this.log.warn(`the size of ${name} is not told yet: ${reasonOf(thrown)}`);
    }
    return { dataset: { ...dataset, expectedCount }, kept };
  }

  private async rowFor(name: string, title: string, kept: BundleFile): Promise<Dataset> {
    let dataset: Dataset | null;
    try {
      dataset = await this.datasets.findOrCreate(name, title);
    } catch (thrown) {
      // Where it is there after all, or nobody knows, the next start goes on, or clears up.
      dataset = await this.datasets.byName(name);
      if (!dataset) {
        await this.bundles.delete(kept);
        throw thrown;
      }
    }
    if (dataset.status === 'IMPORTING') return dataset;
    // Another request created it in this very moment.
    await this.bundles.delete(kept);
    throw nameTaken(name);
  }

  private enqueue(dataset: Dataset, file: BundleFile, bundle: CheckedBundle | null): void {
    this.queued.add(dataset.name);
    this.last = this.last
      .then(() => this.run(dataset, file, bundle))
      .catch((thrown: unknown) => {
        // On a full disk not even the failure can be written down; the next start tries again.
        this.log.error(`the import of ${dataset.name} broke off: ${reasonOf(thrown)}`);
      })
      .finally(() => this.queued.delete(dataset.name));
  }

  private async run(
    { id, name }: Dataset,
    file: BundleFile,
    checked: CheckedBundle | null,
  ): Promise<void> {
    let reader = checked?.reader;
    try {
      if (this.closed) return;
      reader ??= await this.bundles.open(file);
      const bundle = checked ?? (await checkBundle(reader));
      this.log.info(`importing ${bundle.imageCount} images into ${name}`);
      const model = await this.content.import(id, bundle, () => this.closed);
      if (model === 'STOPPED') return;
      await this.datasets.setImportState(id, { status: 'READY', importError: null });
      if (model) {
        this.indexing = this.indexing.then(() => this.content.buildIndexes(model));
      }
    } catch (thrown) {
      await this.datasets.setImportState(id, { status: 'FAILED', importError: toldOf(thrown) });
      // Any other fault may pass: the file stays for the next start, or until the dataset is deleted.
      if (!isOfBundle(thrown)) return;
    } finally {
      reader?.close();
    }
    await this.bundles.delete(file);
    this.log.info(`the import of ${name} has ended`);
  }
}

function isOfBundle(thrown: unknown): boolean {
  return thrown instanceof LookalikeError && thrown.code === 'BUNDLE_INVALID';
}

function toldOf(thrown: unknown): string {
  if (isOfBundle(thrown)) return `BUNDLE_INVALID: ${reasonOf(thrown)}`;
  const goesOn = 'The import goes on at the next start of the server.';
  if (isDiskFull(thrown)) {
    return `DISK_FULL: The disk of the data directory is full. Make room. ${goesOn}`;
  }
  const code = thrown instanceof LookalikeError ? thrown.code : 'INTERNAL';
  return `${code}: ${reasonOf(thrown).replace(/[.\s]*$/, '.')} ${goesOn}`;
}

function nameTaken(name: string): LookalikeError {
  return new LookalikeError(
    'DATASET_NAME_TAKEN',
    `There is a dataset "${name}" already. Import the bundle under another name.`,
  );
}
