import { checkImageFilter } from '../domain/image-filter.js';
import { LookalikeError, notFound } from '../domain/errors.js';
import type { Image, ImageFilter, ImageFormat, ImageWindow } from '../domain/image.js';
import type { Blobs } from '../ports/blobs.js';
import type { Images } from '../ports/images.js';
import type { Pictures } from '../ports/pictures.js';
import type { TrainingRuns } from '../ports/training-runs.js';
import { originalFileName } from './original-file-name.js';

export interface ImagePage {
  readonly images: readonly Image[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export interface PictureFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** A file to save, with what it is to be called. */
export interface OriginalFile extends PictureFile {
  readonly fileName: string;
}

/** A request for a picture costs a browser more than so many bytes of it. */
const INLINE_BYTES_MAX = 4096;

const CONTENT_TYPES: Record<ImageFormat, string> = {
  RAW: 'application/octet-stream',
  JPEG: 'image/jpeg',
  PNG: 'image/png',
  WEBP: 'image/webp',
  AVIF: 'image/avif',
  GIF: 'image/gif',
  TIFF: 'image/tiff',
};

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

  /** @throws LookalikeError INVALID_ARGUMENT */
  async page(datasetId: number, filter: ImageFilter, window: ImageWindow): Promise<ImagePage> {
    checkImageFilter(filter);
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
   * The picture as a browser can show it.
   * @throws LookalikeError IMAGE_NOT_FOUND, BLOB_MISSING, BLOB_CORRUPT
   */
  async picture(id: number): Promise<PictureFile> {
    return this.display(await this.get(id));
  }

  /** A smaller rendition for lists; the picture itself where that is small. @throws as `picture` */
  async thumbnail(id: number): Promise<PictureFile> {
    const image = await this.get(id);
    if (image.thumbnailBlobId === null) return this.display(image);
    const bytes = await this.blobs.get(image.thumbnailBlobId);
    return { bytes, contentType: CONTENT_TYPES.WEBP };
  }

  /**
   * The thumbnail, to be sent along with what else is known of the image: null where it is not small
   * enough for that, or cannot be read.
   */
  async smallThumbnail(image: Image): Promise<PictureFile | null> {
    if (image.thumbnailBlobId !== null || image.byteLength > INLINE_BYTES_MAX) return null;
    try {
      return await this.display(image);
    } catch (thrown) {
      if (thrown instanceof LookalikeError) return null;
      throw thrown;
    }
  }

  /** The bytes as they came, under a name to save them by. @throws as `picture` */
  async original(id: number): Promise<OriginalFile> {
    const image = await this.get(id);
    const bytes = await this.blobs.get(image.blobId);
    return { bytes, contentType: CONTENT_TYPES[image.format], fileName: originalFileName(image) };
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

  private async display(image: Image): Promise<PictureFile> {
    const { format, width, height, channels } = image;
    const bytes = await this.blobs.get(image.blobId);
    return this.pictures.toDisplay({ bytes, format, width, height, channels });
  }
}
