import { LookalikeError, notFound } from '../domain/errors.js';
import type { Image, PictureQuery } from '../domain/image.js';
import type { Blobs } from '../ports/blobs.js';
import type { Images } from '../ports/images.js';
import type { Example } from './search-query-examples.js';

/** Pictures that are in memory together. */
const MAX_PICTURES = 16;
/** Bytes of their files: many small ones, or one large one. */
const MAX_BYTES = 16 * 1024 * 1024;

/** An example beside what there is to look at. */
export interface ShownExample {
  readonly example: Example;
  readonly picture: PictureQuery;
}

/** Finds the pictures that examples show. */
export class ExamplePictures {
  constructor(
    private readonly images: Images,
    private readonly blobs: Blobs,
  ) {}

  /**
   * The images among the examples, by id.
   * @throws LookalikeError IMAGE_NOT_FOUND, also for an image of another dataset
   */
  async imagesOf(datasetId: number, examples: readonly Example[]): Promise<Map<number, Image>> {
    const ids = new Set(examples.flatMap((each) => ('imageId' in each ? [each.imageId] : [])));
    const images = new Map((await this.images.byIds([...ids])).map((image) => [image.id, image]));
    for (const id of ids) {
      const image = images.get(id);
      if (!image) throw notFound('IMAGE_NOT_FOUND', id);
      if (image.datasetId !== datasetId) {
        throw new LookalikeError(
          'IMAGE_NOT_FOUND',
          `Image ${id} belongs to dataset ${image.datasetId}, not to dataset ${datasetId}. ` +
            'Send its file to search for it elsewhere.',
        );
      }
    }
    return images;
  }

  /** What there is to look at; null for a vector. @throws LookalikeError as `imagesOf`, BLOB_..., and as `bytes` */
  async pictureOf(datasetId: number, example: Example): Promise<PictureQuery | null> {
    if ('vector' in example) return null;
    if ('bytes' in example) return { picture: await example.bytes(), crop: example.crop };
    const image = (await this.imagesOf(datasetId, [example])).get(example.imageId);
    if (!image) throw notFound('IMAGE_NOT_FOUND', example.imageId);
    const bytes = await this.blobs.get(image.blobId);
    const { format, width, height, channels } = image;
    return { picture: { format, width, height, channels, bytes }, crop: example.crop };
  }

  /**
   * Those of the examples that are pictures, in their order, as few at a time as memory is to hold.
   * @throws LookalikeError as `pictureOf`
   */
  async *batches(
    datasetId: number,
    examples: readonly Example[],
  ): AsyncGenerator<readonly ShownExample[]> {
    let batch: ShownExample[] = [];
    let size = 0;
    for (const example of examples) {
      const picture = await this.pictureOf(datasetId, example);
      if (!picture) continue;
      const length = lengthOf(picture);
      if (batch.length > 0 && (batch.length === MAX_PICTURES || size + length > MAX_BYTES)) {
        yield batch;
        [batch, size] = [[], 0];
      }
      batch.push({ example, picture });
      size += length;
    }
    if (batch.length > 0) yield batch;
  }
}

function lengthOf({ picture }: PictureQuery): number {
  return picture instanceof Uint8Array ? picture.byteLength : picture.bytes.byteLength;
}
