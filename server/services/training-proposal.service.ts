import { architectureNamed, type Architecture } from '../domain/architecture.js';
import { notFound } from '../domain/errors.js';
import type { Image } from '../domain/image.js';
import { proposeTraining, type TrainingProposal } from '../domain/training-proposal.js';
import type { Datasets } from '../ports/datasets.js';
import type { Images } from '../ports/images.js';

/** Images that are looked at. */
const SAMPLE = 1000;
/** Places of the dataset that they are taken from. */
const PLACES = 40;

/** Says what a training on a dataset would best be started with, and what speaks against one. */
export class TrainingProposalService {
  constructor(
    private readonly datasets: Datasets,
    private readonly images: Images,
    private readonly architectures: readonly Architecture[],
  ) {}

  /** @throws LookalikeError DATASET_NOT_FOUND, ARCHITECTURE_NOT_FOUND */
  async propose(datasetId: number, architectureName: string): Promise<TrainingProposal> {
    const architecture = architectureNamed(this.architectures, architectureName);
    if (!(await this.datasets.byId(datasetId))) throw notFound('DATASET_NOT_FOUND', datasetId);
    const trainCount = await this.images.count(datasetId, { split: 'TRAIN' });
    return proposeTraining(architecture, {
      trainCount,
      testCount: await this.images.count(datasetId, { split: 'TEST' }),
      labelCount: await this.datasets.countLabels(datasetId),
      sample: await this.sample(datasetId, trainCount),
    });
  }

  /**
   * TRAIN images from places spread evenly over the ids, since a folder comes in after another; the
   * same ones each time, and never a list of all.
   */
  private async sample(datasetId: number, trainCount: number): Promise<Image[]> {
    const page = (window: { afterId?: number; beforeId?: number; limit: number }) =>
      this.images.page(datasetId, { split: 'TRAIN' }, window);
    if (trainCount <= SAMPLE) return page({ limit: SAMPLE });
    const [first] = await page({ limit: 1 });
    const [last] = await page({ beforeId: Number.MAX_SAFE_INTEGER, limit: 1 });
    if (!first || !last) return [];
    const sample = new Map<number, Image>();
    for (let place = 0; place < PLACES; place += 1) {
      const start = first.id + Math.floor(((last.id - first.id) * place) / PLACES);
      const images = await page({ afterId: start - 1, limit: SAMPLE / PLACES });
      for (const image of images) sample.set(image.id, image);
    }
    return [...sample.values()];
  }
}
