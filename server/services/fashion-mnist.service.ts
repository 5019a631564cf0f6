import type { Dataset } from '../domain/dataset.js';
import { convAutoencoder } from '../domain/architectures/conv-autoencoder.js';
import { reasonOf } from '../domain/errors.js';
import type { FirstStart } from '../domain/first-start.js';
import type { DatasetSource } from '../ports/dataset-source.js';
import type { Datasets } from '../ports/datasets.js';
import type { Log } from '../ports/log.js';
import type { ImportService } from './import.service.js';
import type { TrainingService } from './training.service.js';

/** The built-in dataset, and the training run that a new data directory starts with. */
export class FashionMnistService {
  constructor(
    private readonly source: DatasetSource,
    private readonly datasets: Datasets,
    private readonly imports: ImportService,
    private readonly training: TrainingService,
    private readonly log: Log,
  ) {}

  /** @throws LookalikeError as `ImportService.start` */
  async import(): Promise<Dataset> {
    const { dataset, ended } = await this.imports.start(this.source);
    void this.outcome(ended);
    return dataset;
  }

  /**
   * Goes on with an import that was cut off. Fills an empty data directory as asked: with nothing,
   * with the dataset, or with the dataset and the tutorial's training run.
   */
  async begin(firstStart: FirstStart): Promise<void> {
    const dataset = await this.datasets.byName(this.source.name);
    // A user who deletes the last dataset does not want this one back.
    const isFirst = firstStart !== 'empty' && (await this.datasets.isUntouched());
    // A bundle may bear the same name: that goes on by itself.
    const isCutOff =
      dataset?.status === 'IMPORTING' && !(await this.imports.isFromBundle(dataset.name));
    if (isFirst || isCutOff) await this.importWhole();
    if (firstStart === 'train') await this.queueFirstRun();
  }

  private async importWhole(): Promise<void> {
    this.log.info(`importing ${this.source.title}`);
    const { dataset, ended } = await this.imports.start(this.source);
    await this.outcome(ended);
    const imported = await this.datasets.byId(dataset.id);
    if (imported?.status === 'READY') {
      this.log.info(`${this.source.title}: ${imported.importedCount} images imported`);
    } else if (imported?.status === 'IMPORTING') {
      this.log.info(`${this.source.title}: the import goes on at the next start`);
    } else {
      this.log.error(`${this.source.title} was not imported: ${imported?.importError ?? ''}`);
    }
  }

  /** An import that cannot even write down why it failed, on a full disk say, is told to the log. */
  private async outcome(ended: Promise<void>): Promise<void> {
    try {
      await ended;
    } catch (thrown) {
      this.log.error(`the import of ${this.source.title} broke off: ${reasonOf(thrown)}`);
    }
  }

  /** Once: a user who deletes that run does not want it back. */
  private async queueFirstRun(): Promise<void> {
    const dataset = await this.datasets.byName(this.source.name);
    if (dataset?.status !== 'READY' || dataset.firstRunQueued) return;
    if ((await this.training.list(dataset.id)).length === 0) {
      const run = await this.training.start(dataset.id, convAutoencoder.name, {}, null);
      this.log.info(`training run ${run.id} is queued`);
    }
    await this.datasets.setFirstRunQueued(dataset.id);
  }
}
