import type { Dataset } from '../domain/dataset.js';
import type { EmbeddingMap, MapKind } from '../domain/embedding-map.js';
import { LookalikeError, notFound } from '../domain/errors.js';
import type { BlobId } from '../domain/image.js';
import type { Blobs } from '../ports/blobs.js';
import type { EmbeddingMaps } from '../ports/embedding-maps.js';
import type { TrainerPool } from '../ports/model-runtime.js';

/** Has embeddings drawn in the plane; a process of its own draws, see `MapMaker`. */
export class EmbeddingMapService {
  constructor(
    private readonly maps: EmbeddingMaps,
    private readonly blobs: Blobs,
    private readonly makers: TrainerPool,
  ) {}

  /** Null where nobody has asked for it. */
  find(modelId: number, kind: MapKind): Promise<EmbeddingMap | null> {
    return this.maps.find(modelId, kind);
  }

  /** Answers at once; one that is being drawn goes on. @throws LookalikeError MODEL_NOT_FOUND */
  async start(modelId: number, kind: MapKind): Promise<EmbeddingMap> {
    const map = await this.maps.request(modelId, kind);
    if (!map) throw notFound('MODEL_NOT_FOUND', modelId);
    this.makers.wake();
    return map;
  }

  /** Has the principal components of a new model drawn, unless somebody has asked for them already. */
  async startFirst(modelId: number): Promise<void> {
    if (await this.maps.find(modelId, 'PCA')) return;
    if (await this.maps.request(modelId, 'PCA')) this.makers.wake();
  }

  /** As `startFirst`, of active models from before the maps, or whose run ended as the server did. */
  async startMissing(datasets: readonly Pick<Dataset, 'activeModelId'>[]): Promise<void> {
    for (const { activeModelId } of datasets) {
      if (activeModelId !== null) await this.startFirst(activeModelId);
    }
  }

  /** What was drawn before stays. @throws LookalikeError MAP_NOT_FOUND, MAP_NOT_CANCELLABLE */
  async cancel(modelId: number, kind: MapKind): Promise<EmbeddingMap> {
    const isCancelled = await this.maps.requestCancel(modelId, kind);
    const map = await this.maps.find(modelId, kind);
    if (!map) throw new LookalikeError('MAP_NOT_FOUND');
    if (!isCancelled) throw new LookalikeError('MAP_NOT_CANCELLABLE');
    return map;
  }

  /**
   * What its points are called, which tells them from older ones.
   * @throws LookalikeError MAP_NOT_FOUND where none are drawn yet
   */
  async pointsId(modelId: number, kind: MapKind): Promise<BlobId> {
    const map = await this.maps.find(modelId, kind);
    if (map?.blobId) return map.blobId;
    throw new LookalikeError('MAP_NOT_FOUND');
  }

  /**
   * As `encodeMapPoints` writes them. @throws LookalikeError BLOB_CORRUPT, BLOB_MISSING also where they
   * have been drawn anew since
   */
  points(id: BlobId): Promise<Uint8Array> {
    return this.blobs.get(id);
  }
}
