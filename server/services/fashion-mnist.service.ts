import type { Dataset } from '../domain/dataset.js';
import { convAutoencoder } from '../domain/architectures/conv-autoencoder.js';
import { reasonOf } from '../domain/errors.js';
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

  async import(): Promise<Dataset> {
    const { dataset, ended } = await this.imports.start(this.source);
    void this.outcome(ended);
    return dataset;
  }

  /**
   * On an empty data directory: imports the dataset, then queues the tutorial's training run if
   * asked to. After a crash in between it does what is still to do. Does nothing on a directory that
   * has other data.
   */
  async welcome(train: boolean): Promise<void> {
    const present = await this.datasets.list();
    const dataset = present.find(({ name }) => name === this.source.name);
    if (present.length > 0 && dataset?.status !== 'IMPORTING') {
      if (train && dataset?.status === 'READY') await this.queueFirstRun(dataset.id);
      return;
    }
    this.log.info(`importing ${this.source.title}`);
    const started = await this.imports.start(this.source);
    await this.outcome(started.ended);
    const imported = await this.datasets.byId(started.dataset.id);
    if (imported?.status !== 'READY') {
      this.log.error(`${this.source.title} was not imported: ${imported?.importError ?? ''}`);
      return;
    }
    this.log.info(`${this.source.title}: ${imported.importedCount} images imported`);
    if (train) await this.queueFirstRun(imported.id);
  }

  /** An import that cannot even write down why it failed, on a full disk say, is told to the log. */
  private async outcome(ended: Promise<void>): Promise<void> {
    try {
      await ended;
    } catch (thrown) {
      this.log.error(`the import of ${this.source.title} broke off: ${reasonOf(thrown)}`);
    }
  }

  private async queueFirstRun(datasetId: number): Promise<void> {
    try {
      if ((await this.training.list(datasetId)).length > 0) return;
      const run = await this.training.start(datasetId, convAutoencoder.name, {});
      this.log.info(`training run ${run.id} is queued`);
    } catch (thrown) {
      this.log.error(`the first training run was not queued: ${reasonOf(thrown)}`);
    }
  }
}
