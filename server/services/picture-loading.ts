import type { Split } from '../domain/dataset.js';
import type { EncodedPicture, Image } from '../domain/image.js';
import { inputLength } from '../domain/input-spec.js';
import type { InputSpec } from '../domain/model.js';
import type { Blobs } from '../ports/blobs.js';
import type { Images } from '../ports/images.js';
import type { PictureBatch } from '../ports/networks.js';
import type { Pictures } from '../ports/pictures.js';

const IMAGES_AT_A_TIME = 1000;

/** The images of a batch beside their pictures as a network is fed. */
export interface LoadedPictures extends PictureBatch {
  readonly images: readonly Image[];
}

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
      yield await this.load(images, input);
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
    onProgress: (share: number) => Promise<void>,
  ): Promise<LoadedPictures> {
    const count = Math.min(limit, await this.images.count(datasetId, { split }));
    const pixels = new Uint8Array(count * inputLength(input));
    const images: Image[] = [];
    for await (const batch of this.batches(datasetId, split, input, count)) {
      pixels.set(batch.pixels, images.length * inputLength(input));
      images.push(...batch.images);
      await onProgress(images.length / count);
    }
    return { images, count: images.length, pixels };
  }

  async load(images: readonly Image[], input: InputSpec): Promise<LoadedPictures> {
    const bytes = await this.blobs.getMany(images.map(({ blobId }) => blobId));
    const decoded = await Promise.all(
      images.map((image, position) => {
        const picture: EncodedPicture = { ...image, bytes: bytes[position] ?? new Uint8Array() };
        return this.pictures.toInput(picture, input);
      }),
    );
    return { images, ...batchOf(decoded, input) };
  }
}

/** Decoded pictures, each [height, width, channels], as one batch. */
export function batchOf(decoded: readonly Uint8Array[], input: InputSpec): PictureBatch {
  const length = inputLength(input);
  const pixels = new Uint8Array(decoded.length * length);
  decoded.forEach((picture, position) => pixels.set(picture, position * length));
  return { count: decoded.length, pixels };
}
