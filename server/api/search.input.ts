import GraphQLUpload, { type FileUpload } from 'graphql-upload/GraphQLUpload.mjs';
import { Field, Float, ID, InputType } from 'type-graphql';
import type { Split } from '../domain/dataset.js';
import { LookalikeError } from '../domain/errors.js';
import type { Crop, ImageFilter } from '../domain/image.js';
import type { Example, SearchQuery } from '../services/search-query-examples.js';
import { parseId } from './ids.js';
import type { ImageFilterInput } from './image.type.js';
import { readUpload } from './upload.js';

@InputType({ description: 'A part of a picture as shown, in shares of its sides.' })
export class CropInput implements Crop {
  @Field(() => Float, { description: 'Left edge, 0 to 1.' })
  readonly left!: number;

  @Field(() => Float, { description: 'Top edge, 0 to 1.' })
  readonly top!: number;

  @Field(() => Float, { description: 'Width, over 0 to 1.' })
  readonly width!: number;

  @Field(() => Float, { description: 'Height, over 0 to 1.' })
  readonly height!: number;
}

@InputType({ description: 'An example of what is sought: exactly one of image, file and vector.' })
export class ExampleInput {
  @Field(() => ID, { nullable: true, description: 'Id of an image of the dataset.' })
  readonly imageId?: string | null;

  @Field(() => GraphQLUpload, { nullable: true, description: 'A picture file.' })
  readonly file?: Promise<FileUpload> | null;

  @Field(() => [Float], {
    nullable: true,
    description: "An embedding, as long as the model's latent size.",
  })
  readonly vector?: number[] | null;

  @Field(() => CropInput, { nullable: true, description: 'The part of the picture that counts.' })
  readonly crop?: CropInput | null;
}

@InputType({ description: 'A query: more like the positives, less like the negatives.' })
export class SearchQueryInput {
  @Field(() => [ExampleInput], { description: 'What the answers are to be like, 1 to 20.' })
  readonly positives!: ExampleInput[];

  @Field(() => [ExampleInput], {
    defaultValue: [],
    description: 'What they are not to be like, up to 20.',
  })
  readonly negatives!: ExampleInput[];
}

/** Its files are not read yet. @throws LookalikeError as `exampleOf` */
export function queryOf({ positives, negatives }: SearchQueryInput): SearchQuery {
  return { positives: positives.map(exampleOf), negatives: negatives.map(exampleOf) };
}

/** `bytes` reads its file, as `readUpload`. @throws LookalikeError INVALID_ARGUMENT, INVALID_ID */
export function exampleOf({ imageId, file, vector, crop }: ExampleInput): Example {
  const given = [imageId, file, vector].filter((each) => each !== null && each !== undefined);
  if (given.length !== 1) {
    throw new LookalikeError(
      'INVALID_ARGUMENT',
      `An example is exactly one of imageId, file and vector; ${given.length} of them are given.`,
    );
  }
  if (file) return { bytes: () => readUpload(file), crop: crop ?? null };
  if (typeof imageId === 'string') return { imageId: parseId(imageId), crop: crop ?? null };
  if (crop) {
    throw new LookalikeError(
      'INVALID_ARGUMENT',
      'A vector shows no picture that a crop could be a part of. Leave the crop out.',
    );
  }
  return { vector: vector ?? [] };
}

/** The filter, with `split` as one of its conditions. @throws LookalikeError INVALID_ARGUMENT */
export function filterOf(
  filter: ImageFilterInput | null | undefined,
  split: Split | null | undefined,
): ImageFilter {
  if (split && filter?.split && filter.split !== split) {
    throw new LookalikeError(
      'INVALID_ARGUMENT',
      `"split" asks for ${split} and "filter" for ${filter.split}. Give one of the two.`,
    );
  }
  if (!filter) return { split };
  const { label, metadata, addedFrom, addedBefore } = filter;
  return { split: split ?? filter.split, label, metadata, addedFrom, addedBefore };
}
