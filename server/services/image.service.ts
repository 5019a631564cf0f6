import { LookalikeError, notFound } from '../domain/errors.js';
import type { Image, ImageFilter, ImageWindow } from '../domain/image.js';
import type { Blobs } from '../ports/blobs.js';
import type { Images } from '../ports/images.js';
import type { Pictures } from '../ports/pictures.js';
import type { TrainingRuns } from '../ports/training-runs.js';

export interface ImagePage {
  readonly images: readonly Image[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export interface PictureFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

const CONTENT_TYPES = { JPEG: 'image/jpeg', PNG: 'image/png', WEBP: 'image/webp' } as const;

/** Looks into the images of datasets. */
export class ImageService {
  constructor(
    private readonly images: Images,
    private readonly blobs: Blobs,
    private readonly pictures: Pictures,
    private readonly runs: TrainingRuns,
  ) {}

  /** @throws LookalikeError IMAGE_NOT_FOUND */
  async get(id: number): Promise<Image> {
    const image = await this.images.byId(id);
    if (!image) throw notFound('IMAGE_NOT_FOUND', id);
    return image;
  }

  byIds(ids: readonly number[]): Promise<Image[]> {
    return this.images.byIds(ids);
  }

  count(datasetId: number, filter: ImageFilter): Promise<number> {
    return this.images.count(datasetId, filter);
  }

  async page(datasetId: number, filter: ImageFilter, window: ImageWindow): Promise<ImagePage> {
    const backwards = window.beforeId !== undefined;
    const found = await this.images.page(datasetId, filter, { ...window, limit: window.limit + 1 });
    const hasMore = found.length > window.limit;
    const images = backwards ? found.slice(-window.limit) : found.slice(0, window.limit);
    return {
      images,
      hasNextPage: backwards || hasMore,
      hasPreviousPage: backwards ? hasMore : window.afterId !== undefined,
    };
  }

  /**
   * The picture as a browser can show it: raw pixels as PNG, everything else as it came.
   * @throws LookalikeError IMAGE_NOT_FOUND, BLOB_MISSING, BLOB_CORRUPT
   */
  async picture(id: number): Promise<PictureFile> {
    const image = await this.get(id);
    const bytes = await this.blobs.get(image.blobId);
    if (image.format !== 'RAW') return { bytes, contentType: CONTENT_TYPES[image.format] };
    const png = await this.pictures.encodePng({ ...image, data: bytes });
    return { bytes: png, contentType: CONTENT_TYPES.PNG };
  }

  /**
   * How the network of an epoch redrew a probe image, as PNG.
   * @throws LookalikeError IMAGE_NOT_FOUND, BLOB_MISSING, BLOB_CORRUPT
   */
  async epochReconstruction(runId: number, epoch: number, imageId: number): Promise<PictureFile> {
    const redrawn = await this.runs.reconstructions(runId, epoch);
    const found = redrawn.find((picture) => picture.imageId === imageId);
    if (!found) {
      throw new LookalikeError(
        'IMAGE_NOT_FOUND',
        `Run ${runId} has not redrawn image ${imageId} in epoch ${epoch}.`,
      );
    }
    return { bytes: await this.blobs.get(found.blobId), contentType: CONTENT_TYPES.PNG };
  }
}
