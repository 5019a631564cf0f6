import { inParts, type OnProgress } from '../domain/progress.js';
import type {
  NetworkRecipe,
  PictureBatch,
  TrainableNetwork,
  TrainingSet,
} from '../ports/networks.js';
import { freedOnError } from './embedder.js';
import { EmbeddingNetwork } from './embedding-network.js';
import { covarianceOf } from './picture-passes.js';
import { fittedProjection, ProjectionEmbedder } from './projection-embedder.js';
import type { TensorFlow } from './tf.js';
import { writeWeightsFile } from './weights-file.js';

/** The projection of features, which tells how much of them it leaves out. */
export class ProjectedNetwork extends EmbeddingNetwork<ProjectionEmbedder> {
  /** Share of the variance of the features that the components leave out. */
  override async loss(pictures: PictureBatch): Promise<number> {
    if (pictures.count === 0) throw new RangeError('There is no loss over no pictures.');
    let [kept, all] = [0, 0];
    await this.eachBatch(pictures, (batch) => {
      const sums = this.embedder.kept(batch);
      kept += sums.kept;
      all += sums.all;
    });
    return all === 0 ? 0 : Math.max(0, 1 - kept / all);
  }
}

/** A projection that is learned in closed form, from two passes over the pictures: its one epoch. */
export class FittedNetwork extends ProjectedNetwork implements TrainableNetwork {
  constructor(
    tf: TensorFlow,
    recipe: NetworkRecipe,
    embedder: ProjectionEmbedder,
    decoder: Float32Array,
    private readonly whitening: number,
    private epochsDone: number,
  ) {
    super(tf, recipe, embedder, decoder);
  }

  get epoch(): number {
    return this.epochsDone;
  }

  /** An epoch that does not end leaves the network as it was before it. */
  async trainEpoch(pictures: TrainingSet, onProgress: OnProgress): Promise<number> {
    if (pictures.count === 0) throw new RangeError('There are no pictures to learn from.');
    const { features, dimension } = this.embedder;
    const [fitting, decoding] = inParts(onProgress, 1, 1);
    const covariance = await covarianceOf(this.tf, this.input, features, pictures, fitting);
    const { projection, keptShare } = fittedProjection(covariance, dimension, this.whitening);
    const embedder = new ProjectionEmbedder(this.tf, features, dimension, projection);
    const embeddingsOf = (batch: PictureBatch) => embedder.embeddings(batch);
    const decoder = await freedOnError(embedder, () =>
      this.decoderFor(dimension, embeddingsOf, pictures, decoding),
    );
    this.embedder.dispose();
    this.embedder = embedder;
    this.redrawBy(decoder);
    this.epochsDone = 1;
    return 1 - keptShare;
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  checkpoint(origin: string): Promise<Uint8Array> {
    const { recipe, epoch } = this;
    const tensors = this.stored();
    return Promise.resolve(
      writeWeightsFile({ kind: 'CHECKPOINT', recipe, origin, epoch, step: epoch, tensors }),
    );
  }
}
