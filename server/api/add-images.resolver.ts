import { Arg, ID, Mutation, Resolver } from 'type-graphql';
import { LookalikeError, reasonOf } from '../domain/errors.js';
import type { Image } from '../domain/image.js';
import { ImageWriter, type AddedFile, type NewFile } from '../services/image-writer.js';
import { AddedImageType, ImageDescriptionInput, NewImageInput } from './add-images.type.js';
import { parseId, requireRange } from './ids.js';
import { ImageType } from './image.type.js';
import { Requires } from './requires.js';
import { readUpload } from './upload.js';

const MAX_FILES = 100;
const MAX_DELETED = 1000;

/** The way of pictures in, and out again. */
@Resolver()
export class AddImagesResolver {
  constructor(private readonly writer: ImageWriter) {}

  @Requires('CONTRIBUTE')
  @Mutation(() => [AddedImageType], {
    description:
      'Adds 1 to 100 picture files (a GraphQL multipart request). What is answered as ADDED is on ' +
      'disk, and under the active model searchable. A file that is not taken is refused alone. ' +
      'Errors: DATASET_NOT_FOUND, DATASET_NOT_READY, DISK_FULL, INVALID_ARGUMENT, REQUEST_INVALID.',
  })
  addImages(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
    @Arg('images', () => [NewImageInput], { description: 'The pictures, each name once.' })
    images: NewImageInput[],
  ): Promise<AddedFile[]> {
    requireRange('number of images', images.length, 1, MAX_FILES);
    return this.writer.add(parseId(datasetId), images.map(fileOf));
  }

  @Requires('CONTRIBUTE', { ids: 'image' })
  @Mutation(() => ImageType, {
    description:
      'Says something else of an image; what is not given stays. Errors: IMAGE_NOT_FOUND, ' +
      'IMAGE_DESCRIPTION_INVALID.',
  })
  describeImage(
    @Arg('id', () => ID, { description: 'Id of the image.' }) id: string,
    @Arg('description', () => ImageDescriptionInput, { description: 'What to say.' })
    { label, split, metadata }: ImageDescriptionInput,
  ): Promise<Image> {
    return this.writer.describe(parseId(id), {
      label,
      split: split ?? undefined,
      metadata: metadata ?? undefined,
    });
  }

  @Requires('CONTRIBUTE', { ids: 'image' })
  @Mutation(() => [ID], {
    description:
      'Deletes 1 to 1,000 images; no search finds them any more. Answers with the ids of those ' +
      'that were there. Errors: DATASET_BUSY, INVALID_ARGUMENT.',
  })
  async deleteImages(
    @Arg('ids', () => [ID], { description: 'Ids of the images.' }) ids: string[],
  ): Promise<number[]> {
    requireRange('number of ids', ids.length, 1, MAX_DELETED);
    return this.writer.delete(ids.map(parseId));
  }
}

/** The file is received while the others are worked on: it is waited for when its turn has come. */
function fileOf({ name, file, label, split, metadata }: NewImageInput): NewFile {
  return {
    name,
    bytes: () => received(name, file),
    label: label ?? null,
    split: split ?? null,
    metadata,
  };
}

/** A file that did not arrive says nothing of the file: the request is at fault, and can be repeated. */
async function received(name: string, file: NewImageInput['file']): Promise<Uint8Array> {
  try {
    return await readUpload(await file);
  } catch (thrown) {
    if (thrown instanceof LookalikeError && thrown.code === 'UPLOAD_TOO_LARGE') throw thrown;
    throw new LookalikeError(
      'REQUEST_INVALID',
      `"${name}" did not arrive whole (${reasonOf(thrown)}). Send the request again.`,
      { cause: thrown },
    );
  }
}
