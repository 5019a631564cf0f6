import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { SPLITS } from '../domain/dataset.js';
import {
  duplicateGroups,
  groupsAmong,
  NearImages,
  type DuplicateGroup,
  type ScanStatus,
} from '../domain/duplicate-groups.js';
import type { Model, ModelIndex } from '../domain/model.js';
import { MAX_K, nearest, type Hit } from '../domain/neighbour.js';
import { usualNearDistance } from '../domain/neighbour-distance.js';
import type { Images } from '../ports/images.js';
import type { LiveIndex } from './live-index.js';
import type { LiveIndexes } from './live-indexes.js';

/** Neighbours to look at first, the image itself among them; more where all of these are near. */
const FIRST_LOOK = 21;
const WIDER = 5;
/** How long a scan may hold up the event loop. */
const TURN_MS = 5;
/** Distances of equal vectors come out a hair above 0. */
const ROUNDING = 1e-6;

/** One look for duplicates in a dataset, with what it has found so far. */
export class DuplicateScan {
  readonly startedAt = new Date();
  /** Of near duplicates; null without a model: then only exact ones are looked for. */
  readonly maxDistance: number | null;
  /** Those that near duplicates are sought in. */
  indexes: readonly ModelIndex[] = [];
  /** Images looked at, of `total`. */
  done = 0;
  total = 0;
  status: ScanStatus = 'RUNNING';
  finishedAt: Date | null = null;
  failure: string | null = null;
  private exact: readonly (readonly number[])[] = [];
  private readonly near = new NearImages();
  private found: readonly DuplicateGroup[] = [];
  /** What `removals` was when the images of the groups were last looked for. */
  private checkedAt = -1;

  constructor(
    readonly datasetId: number,
    readonly model: Model | null,
    maxDistance: number | null,
  ) {
    this.maxDistance = model && (maxDistance ?? usualNearDistance(model.statistics));
  }

  /**
   * Largest first, without images that are gone. While the scan runs only the exact ones; all once it
   * has ended.
   * @param removals how often images have been removed: another number has them looked for anew
   */
  async groups(images: Images, removals: number): Promise<readonly DuplicateGroup[]> {
    if (removals !== this.checkedAt) {
      const looked = this.found;
      const present = new Set(await images.ids(this.datasetId, {}));
      // It may have found more meanwhile.
      if (this.found === looked) {
        this.found = groupsAmong(looked, present);
        this.checkedAt = removals;
      } else return groupsAmong(this.found, present);
    }
    return this.found;
  }

  /** Runs to the end, or until it is stopped. */
  async run(images: Images, live: LiveIndexes): Promise<void> {
    try {
      this.exact = await images.exactDuplicates(this.datasetId);
      this.gather();
      if (this.model) {
        const { model } = this;
        const indexes = await Promise.all(SPLITS.map((split) => live.get(model, split)));
        this.indexes = indexes.flatMap(({ base }) => base ?? []);
        await this.findNear(indexes);
      } else {
        this.total = await images.count(this.datasetId, {});
        this.done = this.total;
      }
    } finally {
      // Where it broke off, what it had found stays.
      this.gather();
    }
    this.end('DONE');
  }

  cancel(): void {
    if (this.status === 'RUNNING') this.gather();
    this.end('CANCELLED');
  }

  fail(reason: string): void {
    this.failure = reason;
    this.end('FAILED');
  }

  private async findNear(indexes: readonly LiveIndex[]): Promise<void> {
    const ids = indexes.map((index) => index.ids());
    this.total = ids.reduce((sum, { length }) => sum + length, 0);
    let turn = performance.now();
    for (const [position, index] of indexes.entries()) {
      for (const imageId of ids[position] ?? []) {
        if (this.status !== 'RUNNING') return;
        this.joinNear(indexes, imageId, index.vectorOf(imageId));
        this.done += 1;
        if (performance.now() - turn < TURN_MS) continue;
        await turnOfTheEventLoop();
        turn = performance.now();
      }
    }
  }

  private joinNear(
    indexes: readonly LiveIndex[],
    imageId: number,
    vector: Float32Array | null,
  ): void {
    if (!vector) return;
    for (const hit of this.nearHits(indexes, vector)) {
      if (hit.imageId !== imageId) this.near.join(imageId, hit.imageId, hit.distance);
    }
  }

  private nearHits(indexes: readonly LiveIndex[], vector: Float32Array): Hit[] {
    const limit = (this.maxDistance ?? 0) + ROUNDING;
    for (let k = FIRST_LOOK; ; k = Math.min(MAX_K, k * WIDER)) {
      const lists = indexes.map((index) => index.search(vector, k));
      const hits = nearest(lists, k).filter(({ distance }) => distance <= limit);
      if (hits.length < k || k === MAX_K) return hits;
    }
  }

  private end(status: ScanStatus): void {
    if (this.status !== 'RUNNING') return;
    this.status = status;
    this.finishedAt = new Date();
  }

  private gather(): void {
    this.found = duplicateGroups(this.exact, this.near.groups());
    this.checkedAt = -1;
  }
}
