import { LookalikeError, notFound, reasonOf } from '../domain/errors.js';
import type { DuplicateGroup, DuplicateKind } from '../domain/duplicate-groups.js';
import type { Image } from '../domain/image.js';
import type { Datasets } from '../ports/datasets.js';
import type { Images } from '../ports/images.js';
import { DuplicateScan } from './duplicate-scan.js';
import type { LiveIndexes } from './live-indexes.js';
import type { ModelService } from './model.service.js';

/** A group of duplicates that are all there. */
export interface FoundDuplicates extends DuplicateGroup {
  /** The earliest added first. */
  readonly images: readonly Image[];
}

/** Which of a scan's groups to show. */
export interface GroupWindow {
  /** Both kinds when null. */
  readonly kind: DuplicateKind | null;
  readonly offset: number;
  readonly limit: number;
}

const LARGEST_DISTANCE = 0.5;

/** Looks for duplicates, one scan a dataset at a time; the latest is kept until the server ends. */
export class DuplicateService {
  private readonly scans = new Map<number, DuplicateScan>();
  private removals = 0;

  constructor(
    private readonly datasets: Datasets,
    private readonly models: ModelService,
    private readonly images: Images,
    private readonly live: LiveIndexes,
  ) {
    live.onRemoved(() => (this.removals += 1));
  }

  /**
   * Starts a scan and answers at once; with the one that goes on, where there is one.
   * @param maxDistance of near duplicates; proposed from the model when null
   * @throws LookalikeError DATASET_NOT_FOUND, INVALID_ARGUMENT
   */
  async start(datasetId: number, maxDistance: number | null): Promise<DuplicateScan> {
    if (maxDistance !== null && !(maxDistance >= 0 && maxDistance <= LARGEST_DISTANCE)) {
      throw new LookalikeError(
        'INVALID_ARGUMENT',
        `"maxDistance" must be from 0 to ${LARGEST_DISTANCE}, not ${maxDistance}.`,
      );
    }
    const dataset = await this.datasets.byId(datasetId);
    if (!dataset) throw notFound('DATASET_NOT_FOUND', datasetId);
    await this.forgetDeleted();
    const { activeModelId } = dataset;
    const model = activeModelId === null ? null : await this.models.find(activeModelId);
    const running = this.scans.get(datasetId);
    if (running?.status === 'RUNNING') return running;
    const scan = new DuplicateScan(datasetId, model, maxDistance);
    this.scans.set(datasetId, scan);
    scan.run(this.images, this.live).catch((thrown: unknown) => scan.fail(reasonOf(thrown)));
    return scan;
  }

  /** Stops the scan; what it has found stays. @throws LookalikeError SCAN_NOT_FOUND */
  cancel(datasetId: number): DuplicateScan {
    const scan = this.scans.get(datasetId);
    if (!scan) throw new LookalikeError('SCAN_NOT_FOUND');
    scan.cancel();
    return scan;
  }

  /** The latest scan; null where nobody has looked since the server started. */
  latest(datasetId: number): DuplicateScan | null {
    return this.scans.get(datasetId) ?? null;
  }

  /** Largest first, without the images that are gone by now. */
  async groups(
    scan: DuplicateScan,
    { kind, offset, limit }: GroupWindow,
  ): Promise<FoundDuplicates[]> {
    const groups = (await this.groupsOf(scan, kind)).slice(offset, offset + limit);
    const found = await this.images.byIds(groups.flatMap(({ imageIds }) => imageIds));
    const images = new Map(found.map((image) => [image.id, image]));
    return groups.flatMap((group): FoundDuplicates[] => {
      const present = group.imageIds.flatMap((id) => images.get(id) ?? []);
      return present.length < 2 ? [] : [{ ...group, images: present }];
    });
  }

  /** How many groups there are, of one kind or (null) of both. */
  async groupCount(scan: DuplicateScan, kind: DuplicateKind | null): Promise<number> {
    return (await this.groupsOf(scan, kind)).length;
  }

  /** Nobody can ask any more for the scans of datasets that are gone. */
  private async forgetDeleted(): Promise<void> {
    const present = new Set((await this.datasets.list()).map(({ id }) => id));
    for (const [datasetId, scan] of this.scans) {
      if (present.has(datasetId)) continue;
      scan.cancel();
      this.scans.delete(datasetId);
    }
  }

  private async groupsOf(
    scan: DuplicateScan,
    kind: DuplicateKind | null,
  ): Promise<readonly DuplicateGroup[]> {
    const groups = await scan.groups(this.images, this.removals);
    return kind ? groups.filter((group) => group.kind === kind) : groups;
  }
}
