import { LookalikeError, notFound } from '../domain/errors.js';
import type { Image, PictureQuery } from '../domain/image.js';
import type { Blobs } from '../ports/blobs.js';
import type { Images } from '../ports/images.js';
import type { Example } from './search-query-examples.js';

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

  /** What there is to look at; null for a vector. @throws LookalikeError as `imagesOf`, BLOB_... */
  async pictureOf(datasetId: number, example: Example): Promise<PictureQuery | null> {
    if ('vector' in example) return null;
    if ('file' in example) return { picture: example.file, crop: example.crop };
    const image = (await this.imagesOf(datasetId, [example])).get(example.imageId);
    if (!image) throw notFound('IMAGE_NOT_FOUND', example.imageId);
    const bytes = await this.blobs.get(image.blobId);
    const { format, width, height, channels } = image;
    return { picture: { format, width, height, channels, bytes }, crop: example.crop };
  }
}
