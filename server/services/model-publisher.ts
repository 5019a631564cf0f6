import { LookalikeError } from '../domain/errors.js';
import { otherSplit, SPLITS, type Split } from '../domain/dataset.js';
import type { Evaluation } from '../domain/evaluation.js';
import type { ModelIndex, NewModel } from '../domain/model.js';
import { inParts } from '../domain/progress.js';
import { recallAt } from '../domain/recall-curve.js';
import type { TrainingRun } from '../domain/training-run.js';
import type { Blobs } from '../ports/blobs.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type {
  ExactSearch,
  Network,
  PlainComparisons,
  TrainableNetwork,
  TrainingSet,
} from '../ports/networks.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';
import { measureBaselines } from './baselines.js';
import { evaluate, type SeenSplit } from './evaluation.js';
import { buildIndex } from './index-building.js';
import { modelStatistics } from './model-statistics.js';
import type { PictureLoader } from './picture-loading.js';
import type { RunPulse } from './run-pulse.js';
import { embedSplit, keptOf } from './split-embedding.js';

type Embedded = Readonly<Record<Split, SeenSplit>>;

/** Of the time that embedding takes, the share of settling on the images that were learned from, if there is any. */
const SETTLING = 0.4;

/** Makes a model of a trained network: settles it, embeds all images, builds the indexes, measures. */
export class ModelPublisher {
  constructor(
    private readonly images: Images,
    private readonly loader: PictureLoader,
    private readonly blobs: Blobs,
    private readonly embeddings: Embeddings,
    private readonly indexes: VectorIndexes,
    private readonly exactSearch: () => Promise<ExactSearch>,
    private readonly comparisons: () => Promise<PlainComparisons>,
    private readonly note: (runId: number, message: string) => Promise<void>,
  ) {}

  /** All files of the model are on disk when this returns; its row is the caller's to write. */
  async publish(
    run: TrainingRun,
    network: TrainableNetwork,
    training: TrainingSet,
    pulse: RunPulse,
  ): Promise<NewModel> {
    await pulse.enter('EMBEDDING');
    const settled = await this.settle(run, network, training, pulse);
    const embedded = await this.embed(run, network, pulse, settled);
    if (embedded.TRAIN.imageIds.length === 0) {
      throw new LookalikeError('DATASET_NOT_READY', 'The dataset has no TRAIN images any more.');
    }
    const count = embedded.TRAIN.imageIds.length + embedded.TEST.imageIds.length;
    await this.note(run.id, `embedded ${count} images`);
    await pulse.enter('INDEXING');
    const indexes = await this.index(run, network, embedded, pulse);
    await pulse.enter('EVALUATING');
    return {
      id: run.id,
      datasetId: run.datasetId,
      architecture: run.architecture,
      hyperparameters: run.hyperparameters,
      input: network.input,
      latentSize: network.latentSize,
      layers: network.layers,
      weightsBlobId: await this.blobs.put(await network.weights(`model ${run.id}`)),
      evaluation: await this.evaluate(run, network, embedded, indexes, pulse),
      statistics: modelStatistics(
        embedded.TRAIN.vectors,
        network.latentSize,
        embedded.TRAIN.reconstructionErrors,
      ),
      indexes,
    };
  }

  /** @returns the share of the embedding that is done by it */
  private async settle(
    run: TrainingRun,
    network: TrainableNetwork,
    training: TrainingSet,
    pulse: RunPulse,
  ): Promise<number> {
    const start = performance.now();
    let settled = 0;
    await network.settle(training, async (share) => {
      settled = share * SETTLING;
      await pulse.beat(settled);
    });
    if (settled === 0) return 0;
    const seconds = (performance.now() - start) / 1000;
    await this.note(
      run.id,
      `settled on the images that it learned from in ${seconds.toFixed(1)} s`,
    );
    return settled;
  }

  /**
   * Embeds both splits, and then asks what is stored: an image that was deleted meanwhile, or went
   * over to the other split, is not to be measured with.
   */
  private async embed(
    run: TrainingRun,
    network: Network,
    pulse: RunPulse,
    settled: number,
  ): Promise<Embedded> {
    await this.embeddings.deleteAll(run.id);
    const seen = async (split: Split) => {
      const onProgress = (share: number) => pulse.beat(settled + (1 - settled) * share);
      const { images, loader, embeddings } = this;
      return embedSplit(images, loader, embeddings, run, network, split, onProgress);
    };
    const all = { TRAIN: await seen('TRAIN'), TEST: await seen('TEST') };
    const kept = async (split: Split) =>
      keptOf(all[split], network.latentSize, await this.embeddings.ids(run.id, split));
    return { TRAIN: await kept('TRAIN'), TEST: await kept('TEST') };
  }

  private async index(
    run: TrainingRun,
    network: Network,
    embedded: Embedded,
    pulse: RunPulse,
  ): Promise<ModelIndex[]> {
    const indexes: ModelIndex[] = [];
    for (const split of SPLITS) {
      if (embedded[split].imageIds.length === 0) continue;
      const order = {
        split,
        hyperparameters: run.hyperparameters,
        dimension: network.latentSize,
        base: embedded[split],
        heldOut: embedded[otherSplit(split)],
      };
      const index = await buildIndex(this.indexes, this.exactSearch, order, (share) =>
        pulse.beat(share),
      );
      indexes.push(index);
      await this.note(run.id, wordsOf(index));
    }
    return indexes;
  }

  private async evaluate(
    run: TrainingRun,
    network: Network,
    embedded: Embedded,
    indexes: readonly ModelIndex[],
    pulse: RunPulse,
  ): Promise<Evaluation> {
    const searched = indexes.find(({ split }) => split === 'TRAIN');
    if (!searched) throw new LookalikeError('INTERNAL', 'The TRAIN split has no index.');
    const index = await this.indexes.open(searched.id);
    const exactSearch = await this.exactSearch();
    const pictures = (split: Split) =>
      this.loader.batches(run.datasetId, split, network.input, Number.MAX_SAFE_INTEGER);
    const { TEST: heldOut, TRAIN: base } = embedded;
    const [comparing, measuring] = inParts((share) => pulse.beat(share), 1, 1);
    const baselines = await measureBaselines(
      {
        ...{ exactSearch, heldOut, base, pictures, input: network.input },
        comparisons: await this.comparisons(),
      },
      comparing,
    );
    return evaluate(
      {
        ...{ network, exactSearch, index, heldOut, base, baselines },
        efSearch: searched.efSearch,
        pictures: pictures('TEST'),
      },
      measuring,
    );
  }
}

function wordsOf(index: ModelIndex): string {
  const { size, split, efSearch, recallTarget } = index;
  const built = `indexed ${size} ${split} embeddings in ${index.buildSeconds.toFixed(1)} s`;
  const recall = recallAt(index.recallCurve, efSearch);
  if (recall === null || recallTarget === null) return built;
  const reached = recall >= recallTarget ? 'reaches' : 'does not reach';
  return `${built}; ef ${efSearch} finds ${recall.toFixed(4)} of the nearest, which ${reached} the target of ${recallTarget}`;
}
