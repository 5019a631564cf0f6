import GraphQLUpload, { type FileUpload } from 'graphql-upload/GraphQLUpload.mjs';
import { Field, InputType, ObjectType } from 'type-graphql';
import type { Refusal, Split } from '../domain/dataset.js';
import type { Image } from '../domain/image.js';
import type { AddedFile } from '../services/image-writer.js';
import { RefusalType } from './dataset.type.js';
import { AddOutcomeEnum, SplitEnum } from './enums.js';
import { ImageType, MetadataEntryInput } from './image.type.js';

@InputType({ description: 'A picture file to add.' })
export class NewImageInput {
  @Field(() => String, {
    description: 'Name, unique in the dataset, up to 1,000 characters: `shoes/red.jpg`.',
  })
  readonly name!: string;

  @Field(() => GraphQLUpload, {
    description: 'The file: JPEG, PNG, WebP, AVIF, GIF or TIFF, up to 100 MB and 100 megapixels.',
  })
  readonly file!: Promise<FileUpload>;

  @Field(() => String, { nullable: true, description: 'Label, up to 200 characters.' })
  readonly label?: string | null;

  @Field(() => SplitEnum, {
    nullable: true,
    description:
      'The part of the dataset it belongs to; if not given, one in ten is held out as TEST, ' +
      'chosen by its bytes.',
  })
  readonly split?: Split | null;

  @Field(() => [MetadataEntryInput], {
    defaultValue: [],
    description: 'What is known of it, up to 100 entries.',
  })
  readonly metadata!: MetadataEntryInput[];
}

@InputType({ description: 'What to say of an image.' })
export class ImageDescriptionInput {
  @Field(() => String, {
    nullable: true,
    description: 'Label, up to 200 characters; null takes it away.',
  })
  readonly label?: string | null;

  @Field(() => SplitEnum, {
    nullable: true,
    description: 'The part of the dataset it belongs to.',
  })
  readonly split?: Split | null;

  @Field(() => [MetadataEntryInput], {
    nullable: true,
    description: 'What is known of it, up to 100 entries, in place of what was.',
  })
  readonly metadata?: MetadataEntryInput[] | null;
}

@ObjectType('AddedImage', { description: 'What became of a file that was to be added.' })
export class AddedImageType implements AddedFile {
  @Field(() => String, { description: 'Name of the file.' })
  readonly name!: string;

  @Field(() => AddOutcomeEnum, { description: 'What became of it.' })
  readonly outcome!: AddedFile['outcome'];

  @Field(() => ImageType, { nullable: true, description: 'The image; null where it was refused.' })
  readonly image!: Image | null;

  @Field(() => RefusalType, { nullable: true, description: 'Why it was refused, if it was.' })
  readonly refusal!: Refusal | null;
}
