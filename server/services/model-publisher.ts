import { LookalikeError } from '../domain/errors.js';
import { SPLITS, type Split } from '../domain/dataset.js';
import type { Evaluation, ModelIndex, NewModel } from '../domain/model.js';
import type { TrainingRun } from '../domain/training-run.js';
import type { Blobs } from '../ports/blobs.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type { ExactSearch, Network } from '../ports/networks.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';
import { evaluateNeighbours, type EmbeddedSplit } from './evaluation.js';
import { buildIndex } from './index-building.js';
import type { PictureLoader } from './picture-loading.js';
import type { RunPulse } from './run-pulse.js';

type Embedded = Readonly<Record<Split, EmbeddedSplit>>;

/** Makes a model of a trained network: embeds all images, builds the indexes, measures. */
export class ModelPublisher {
  constructor(
    private readonly images: Images,
    private readonly loader: PictureLoader,
    private readonly blobs: Blobs,
    private readonly embeddings: Embeddings,
    private readonly indexes: VectorIndexes,
    private readonly exactSearch: () => Promise<ExactSearch>,
    private readonly note: (runId: number, message: string) => Promise<void>,
  ) {}

  /** All files of the model are on disk when this returns; its row is the caller's to write. */
  async publish(run: TrainingRun, network: Network, pulse: RunPulse): Promise<NewModel> {
    await pulse.enter('EMBEDDING');
    await this.embeddings.deleteAll(run.id);
    const embedded = {
      TRAIN: await this.embed(run, network, 'TRAIN', pulse),
      TEST: await this.embed(run, network, 'TEST', pulse),
    };
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
      indexes,
    };
  }

  private async embed(
    run: TrainingRun,
    network: Network,
    split: Split,
    pulse: RunPulse,
  ): Promise<EmbeddedSplit> {
    const { latentSize } = network;
    const count = await this.images.count(run.datasetId, { split });
    const vectors = new Float32Array(count * latentSize);
    const imageIds: number[] = [];
    const labels: (string | null)[] = [];
    for await (const batch of this.loader.batches(run.datasetId, split, network.input, count)) {
      const encoded = await network.encode(batch);
      vectors.set(encoded, imageIds.length * latentSize);
      const embeddings = batch.images.map(({ id }, position) => ({
        imageId: id,
        vector: encoded.subarray(position * latentSize, (position + 1) * latentSize),
      }));
      await this.embeddings.putMany(run.id, embeddings);
      for (const { id, label } of batch.images) {
        imageIds.push(id);
        labels.push(label);
      }
      await pulse.beat(imageIds.length / count);
    }
    return { imageIds, labels, vectors };
  }

  private async index(
    run: TrainingRun,
    network: Network,
    embedded: Embedded,
    pulse: RunPulse,
  ): Promise<ModelIndex[]> {
    const indexes: ModelIndex[] = [];
    for (const split of SPLITS) {
      const count = embedded[split].imageIds.length;
      if (count === 0) continue;
      const order = {
        modelId: run.id,
        split,
        hyperparameters: run.hyperparameters,
        dimension: network.latentSize,
        count,
      };
      const index = await buildIndex(this.embeddings, this.indexes, order, (share) =>
        pulse.beat(share),
      );
      indexes.push(index);
      const seconds = index.buildSeconds.toFixed(1);
      await this.note(run.id, `indexed ${index.size} ${split} embeddings in ${seconds} s`);
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
    const evaluation = await evaluateNeighbours(
      await this.exactSearch(),
      embedded.TEST,
      embedded.TRAIN,
      network.latentSize,
      (vector, k) => index.search(vector, k, searched.efSearch),
      (share) => pulse.beat(share * 0.8),
    );
    return { ...evaluation, testLoss: await this.testLoss(run, network, pulse) };
  }

  /** Mean over all TEST images; null when there are none. */
  private async testLoss(
    run: TrainingRun,
    network: Network,
    pulse: RunPulse,
  ): Promise<number | null> {
    let sum = 0;
    let count = 0;
    const all = Number.MAX_SAFE_INTEGER;
    for await (const batch of this.loader.batches(run.datasetId, 'TEST', network.input, all)) {
      sum += (await network.loss(batch)) * batch.count;
      count += batch.count;
      await pulse.beat(0.9);
    }
    return count === 0 ? null : sum / count;
  }
}
