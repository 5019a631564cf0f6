import type { Caller, ThingKind } from '../domain/access.js';
import { notFound } from '../domain/errors.js';
import type { Images } from '../ports/images.js';
import type { Models } from '../ports/models.js';
import type { Sweeps } from '../ports/sweeps.js';
import type { TrainingRuns } from '../ports/training-runs.js';

const NOT_FOUND = {
  dataset: 'DATASET_NOT_FOUND',
  image: 'IMAGE_NOT_FOUND',
  model: 'MODEL_NOT_FOUND',
  run: 'TRAINING_RUN_NOT_FOUND',
  sweep: 'SWEEP_NOT_FOUND',
} as const;

/** What belongs to which dataset, for callers that are kept to some. */
export class Visibility {
  constructor(
    private readonly images: Pick<Images, 'byIds'>,
    private readonly models: Pick<Models, 'byId'>,
    private readonly runs: Pick<TrainingRuns, 'byId'>,
    private readonly sweeps: Pick<Sweeps, 'byId'>,
  ) {}

  /**
   * What is of another dataset is told as what is not there, in the same words and for every use of an id, so
   * that nothing is learned of it.
   * @throws LookalikeError DATASET_NOT_FOUND, IMAGE_NOT_FOUND, MODEL_NOT_FOUND, TRAINING_RUN_NOT_FOUND,
   * SWEEP_NOT_FOUND
   */
  async require({ datasetIds }: Caller, kind: ThingKind, ids: readonly number[]): Promise<void> {
    if (datasetIds === null || ids.length === 0) return;
    const things = await this.thingsOf(kind, ids);
    const visible = things.filter(({ datasetId }) => datasetIds.has(datasetId));
    const visibleIds = new Set(visible.map(({ id }) => id));
    const hidden = ids.find((id) => !visibleIds.has(id));
    if (hidden !== undefined) throw notFound(NOT_FOUND[kind], hidden);
  }

  /** Those that are there. */
  private async thingsOf(
    kind: ThingKind,
    ids: readonly number[],
  ): Promise<readonly { readonly id: number; readonly datasetId: number }[]> {
    if (kind === 'dataset') return ids.map((id) => ({ id, datasetId: id }));
    if (kind === 'image') return this.images.byIds([...new Set(ids)]);
    const table = { model: this.models, run: this.runs, sweep: this.sweeps }[kind];
    const found = await Promise.all(ids.map((id) => table.byId(id)));
    return found.flatMap((thing) => thing ?? []);
  }
}
