import { SPLITS } from '../domain/dataset.js';
import type { MapLease } from '../domain/embedding-map.js';
import { LookalikeError, notFound, reasonOf } from '../domain/errors.js';
import { encodeMapPoints, type MapPoints } from '../domain/map-points.js';
import type { Model } from '../domain/model.js';
import { inParts, type OnProgress } from '../domain/progress.js';
import { unitVector } from '../domain/query-vector.js';
import type { Blobs } from '../ports/blobs.js';
import type { DoomedBlobs } from '../ports/doomed-blobs.js';
import type { MapQueue } from '../ports/embedding-maps.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Images } from '../ports/images.js';
import type { Log } from '../ports/log.js';
import type { Models } from '../ports/models.js';
import type { ExactSearch, PlainComparisons } from '../ports/networks.js';
import { labelsOfImages } from './image-labels.js';
import { layOut } from './map-layout.js';
import { MapPulse, MapStopped } from './map-pulse.js';
import { sampleVectors } from './stored-vectors.js';

/** The process dies of a map at most so often. */
const MAX_ATTEMPTS = 2;
/** Of more images so many, spread over all, are drawn. */
const MOST_POINTS = 200_000;

export interface MapMakerParts {
  readonly mapQueue: MapQueue;
  readonly models: Models;
  readonly images: Images;
  readonly embeddings: Embeddings;
  readonly blobs: Blobs;
  readonly doomed: DoomedBlobs;
  readonly exactSearch: () => Promise<ExactSearch>;
  readonly comparisons: () => Promise<PlainComparisons>;
  readonly log: Log;
}

/**
 * Works off the queue of maps, one at a time. A map that was cut off is begun again: it takes a minute
 * at most, and comes out the same.
 */
export class MapMaker {
  constructor(private readonly parts: MapMakerParts) {}

  /** Draws the next map until it ends or is to stop. False if none waits. */
  async runNext(signal: AbortSignal): Promise<boolean> {
    const { mapQueue } = this.parts;
    const lease = await mapQueue.claim(MAX_ATTEMPTS);
    if (!lease) return false;
    const pulse = new MapPulse(mapQueue, lease, signal);
    try {
      const points = await this.draw(lease, (share) => pulse.beat(share));
      await this.publish(lease, points);
    } catch (thrown) {
      await this.stop(lease, thrown);
    }
    return true;
  }

  private async draw({ modelId, kind }: MapLease, onProgress: OnProgress): Promise<MapPoints> {
    const model = await this.parts.models.byId(modelId);
    if (!model) throw notFound('MODEL_NOT_FOUND', modelId);
    await onProgress(0);
    const [reading, layingOut] = inParts(onProgress, 10, 87, 3);
    const { imageIds, vectors } = await this.embedded(model, reading);
    const positions = await layOut(
      { kind, vectors, dimension: model.latentSize },
      this.parts,
      layingOut,
    );
    return { imageIds, positions, labels: await this.labelsOf(model, imageIds) };
  }

  /** All embeddings of the model by image id, each at length 1, as searches compare them. */
  private async embedded(
    { id, latentSize }: Model,
    onProgress: OnProgress,
  ): Promise<{ imageIds: Int32Array; vectors: Float32Array }> {
    const { embeddings } = this.parts;
    const counts = await Promise.all(
      SPLITS.map(async (split) => (await embeddings.ids(id, split)).length),
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    const kept = Math.min(1, MOST_POINTS / Math.max(1, total));
    const parts: { imageId: number; vector: Float32Array }[] = [];
    for (const [place, split] of SPLITS.entries()) {
      const wanted = Math.ceil((counts[place] ?? 0) * kept);
      const rows = await sampleVectors(embeddings, id, split, latentSize, wanted);
      rows.imageIds.forEach((imageId, row) => {
        const vector = rows.vectors.subarray(row * latentSize, (row + 1) * latentSize);
        parts.push({ imageId, vector: unitVector(vector, vector) });
      });
      await onProgress((place + 1) / SPLITS.length);
    }
    parts.sort((one, other) => one.imageId - other.imageId);
    const vectors = new Float32Array(parts.length * latentSize);
    parts.forEach(({ vector }, row) => vectors.set(vector, row * latentSize));
    return { imageIds: Int32Array.from(parts, ({ imageId }) => imageId), vectors };
  }

  private async labelsOf(
    { datasetId }: Model,
    imageIds: Int32Array,
  ): Promise<readonly (string | null)[]> {
    const labels = await labelsOfImages(this.parts.images, datasetId);
    return Array.from(imageIds, (id) => labels.get(id) ?? null);
  }

  /** The blob first, the row second: a row never names bytes that are not on disk. */
  private async publish(lease: MapLease, points: MapPoints): Promise<void> {
    const { mapQueue, blobs, doomed } = this.parts;
    const replaced = await mapQueue.succeed(lease, await blobs.put(encodeMapPoints(points)));
    await blobs.deleteMany(replaced);
    await doomed.forget(replaced);
  }

  private async stop(lease: MapLease, thrown: unknown): Promise<void> {
    const { mapQueue, log } = this.parts;
    // Also where the model was deleted: its maps went with it.
    if (thrown instanceof LookalikeError && thrown.code === 'LEASE_LOST') return;
    const stopped = thrown instanceof MapStopped;
    const isKnown = thrown instanceof LookalikeError;
    const failure = stopped
      ? null
      : { code: isKnown ? thrown.code : ('INTERNAL' as const), message: reasonOf(thrown) };
    if (failure) {
      const cause = thrown instanceof Error ? thrown.stack : failure.message;
      log.error(`the ${lease.kind} map of model ${lease.modelId} failed: ${cause}`);
    }
    try {
      await mapQueue.stop(lease, stopped ? thrown.status : 'FAILED', failure);
    } catch (lost) {
      if (!(lost instanceof LookalikeError && lost.code === 'LEASE_LOST')) throw lost;
    }
  }
}
