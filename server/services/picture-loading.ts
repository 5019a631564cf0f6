import { inBatchesOfSize } from '../domain/batches.js';
import type { Split } from '../domain/dataset.js';
import type { EncodedPicture, Image } from '../domain/image.js';
import { LookalikeError } from '../domain/errors.js';
import { inputLength } from '../domain/input-spec.js';
import type { EmbeddingFailure, InputSpec } from '../domain/model.js';
import type { OnProgress } from '../domain/progress.js';
import type { Blobs } from '../ports/blobs.js';
import type { Images } from '../ports/images.js';
import type { PictureBatch, TrainingSet } from '../ports/networks.js';
import type { Pictures } from '../ports/pictures.js';

/** A batch ends with whichever of these is first, so that a run's lease is renewed often enough. */
const IMAGES_AT_A_TIME = 250;
const BYTES_AT_A_TIME = 64 * 1024 * 1024;
const PIXELS_AT_A_TIME = 200_000_000;
/** Bytes of files that are read together: many small ones, or one large one. */
const READ_AT_A_TIME = 16 * 1024 * 1024;

/** The images of a batch beside their pictures as a network is fed. */
export interface LoadedPictures extends PictureBatch {
  readonly images: readonly Image[];
  /** Images that cannot be read, and why: they are left out. */
  readonly failures: readonly EmbeddingFailure[];
}

/** The pixels of an image as a network is fed, or why there are none. */
type ReadPicture = { readonly pixels: Uint8Array } | { readonly message: string };

/** Reads pictures from the store and decodes them for a network. */
export class PictureLoader {
  constructor(
    private readonly images: Images,
    private readonly blobs: Blobs,
    private readonly pictures: Pictures,
  ) {}

  /** The first `limit` images of a split in the order of their ids, batch by batch. */
  async *batches(
    datasetId: number,
    split: Split,
    input: InputSpec,
    limit: number,
  ): AsyncIterable<LoadedPictures> {
    let afterId: number | undefined;
    for (let loaded = 0; loaded < limit;) {
      const images = await this.images.page(
        datasetId,
        { split },
        { afterId, limit: Math.min(IMAGES_AT_A_TIME, limit - loaded) },
      );
      if (images.length === 0) return;
      for (const batch of inBatchesOfSize(images, shareOfBatch, 1)) {
        yield await this.load(batch, input);
      }
      loaded += images.length;
      afterId = images.at(-1)?.id;
    }
  }

  /** The first `limit` images of a split as one batch, [count, height, width, channels]. */
  async all(
    datasetId: number,
    split: Split,
    input: InputSpec,
    limit: number,
    onProgress: OnProgress,
  ): Promise<LoadedPictures> {
    const count = Math.min(limit, await this.images.count(datasetId, { split }));
    const length = inputLength(input);
    const pixels = new Uint8Array(count * length);
    const images: Image[] = [];
    const failures: EmbeddingFailure[] = [];
    for await (const batch of this.batches(datasetId, split, input, count)) {
      pixels.set(batch.pixels, images.length * length);
      images.push(...batch.images);
      failures.push(...batch.failures);
      await onProgress((images.length + failures.length) / count);
    }
    // Images may have been deleted since they were counted.
    const read = pixels.subarray(0, images.length * length);
    return { images, failures, count: images.length, pixels: read };
  }

  /** Those of the images that can be read; one that is deleted meanwhile is left out. */
  private async load(images: readonly Image[], input: InputSpec): Promise<LoadedPictures> {
    const decoded: Uint8Array[] = [];
    const loaded: Image[] = [];
    const failures: EmbeddingFailure[] = [];
    const groups = inBatchesOfSize(images, ({ byteLength }) => byteLength, READ_AT_A_TIME);
    for (const together of groups) {
      const read = await this.read(together, input);
      together.forEach((image, position) => {
        const picture = read[position];
        if (!picture) return;
        if ('message' in picture) {
          failures.push({ imageId: image.id, message: picture.message });
        } else {
          decoded.push(picture.pixels);
          loaded.push(image);
        }
      });
    }
    return { images: loaded, failures: await this.present(failures), ...batchOf(decoded, input) };
  }

  /** All at once; one by one where that fails, to find out which one cannot be read. */
  private async read(images: readonly Image[], input: InputSpec): Promise<ReadPicture[]> {
    try {
      const bytes = await this.blobs.getMany(images.map(({ blobId }) => blobId));
      const pictures = images.map((image, position): EncodedPicture => {
        return { ...image, bytes: bytes[position] ?? new Uint8Array() };
      });
      const inputs = pictures.map((picture) => this.pictures.toInput(picture, input, null));
      return (await Promise.all(inputs)).map((pixels) => ({ pixels }));
    } catch (thrown) {
      if (!(thrown instanceof LookalikeError)) throw thrown;
      const [only, ...more] = images;
      if (only && more.length === 0) return [{ message: `${only.name}: ${thrown.message}` }];
      const singly: ReadPicture[] = [];
      for (const image of images) singly.push(...(await this.read([image], input)));
      return singly;
    }
  }

  /** Failures of images that are still there: a deleted one has lost its file, and that is well. */
  private async present(failures: readonly EmbeddingFailure[]): Promise<EmbeddingFailure[]> {
    if (failures.length === 0) return [];
    const images = await this.images.byIds(failures.map(({ imageId }) => imageId));
    const ids = new Set(images.map(({ id }) => id));
    return failures.filter(({ imageId }) => ids.has(imageId));
  }
}

/** How much of a batch an image takes up, by its bytes or by its pixels: 1 is all. */
function shareOfBatch({ byteLength, width, height }: Image): number {
  return Math.max(byteLength / BYTES_AT_A_TIME, (width * height) / PIXELS_AT_A_TIME);
}

/** The same pictures with the labels of their images, to learn from. */
export function trainingSetOf({ count, pixels, images }: LoadedPictures): TrainingSet {
  return { count, pixels, labels: images.map(({ label }) => label) };
}

/** Decoded pictures, each [height, width, channels], as one batch. */
export function batchOf(decoded: readonly Uint8Array[], input: InputSpec): PictureBatch {
  const length = inputLength(input);
  const pixels = new Uint8Array(decoded.length * length);
  decoded.forEach((picture, position) => pixels.set(picture, position * length));
  return { count: decoded.length, pixels };
}
