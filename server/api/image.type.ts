import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Split } from '../domain/dataset.js';
import type { Image, ImageFilter, ImageFormat, MetadataEntry } from '../domain/image.js';
import { ImageFormatEnum, SplitEnum } from './enums.js';

@ObjectType('MetadataEntry', { description: 'Something known of an image beside its label.' })
export class MetadataEntryType implements MetadataEntry {
  @Field(() => String, { description: 'What is said.' })
  readonly key!: string;

  @Field(() => String, { description: 'What it is.' })
  readonly value!: string;
}

@InputType({ description: 'Something known of an image beside its label.' })
export class MetadataEntryInput implements MetadataEntry {
  @Field(() => String, { description: 'What is said, 1 to 64 characters.' })
  readonly key!: string;

  @Field(() => String, { description: 'What it is, up to 1,000 characters.' })
  readonly value!: string;
}

@ObjectType('Image', { simpleResolvers: true, description: 'One picture of a dataset.' })
export class ImageType implements Image {
  @Field(() => ID, { description: 'Id of the image.' })
  readonly id!: number;

  readonly datasetId!: number;

  @Field(() => String, {
    name: 'sha256',
    simple: false,
    description: 'SHA-256 of the original bytes, in hexadecimal.',
  })
  readonly blobId!: string;

  readonly thumbnailBlobId!: string | null;

  @Field(() => String, { description: 'Name, unique in the dataset: `test/0`.' })
  readonly name!: string;

  @Field(() => ImageFormatEnum, { description: 'How the original bytes are encoded.' })
  readonly format!: ImageFormat;

  @Field(() => Int, { description: 'Width in pixels.' })
  readonly width!: number;

  @Field(() => Int, { description: 'Height in pixels.' })
  readonly height!: number;

  @Field(() => Int, { description: '1 for grayscale, 3 for colour.' })
  readonly channels!: number;

  @Field(() => Boolean, { description: 'Whether parts of it may be transparent.' })
  readonly hasAlpha!: boolean;

  @Field(() => Int, { description: 'Size of the original in bytes.' })
  readonly byteLength!: number;

  @Field(() => String, { nullable: true, description: 'Label, if it has one.' })
  readonly label!: string | null;

  @Field(() => SplitEnum, { description: 'The part of the dataset it belongs to.' })
  readonly split!: Split;

  @Field(() => Date, { description: 'When it was added.' })
  readonly addedAt!: Date;
}

@InputType({ description: 'Which images of a dataset; every given condition must hold.' })
export class ImageFilterInput implements ImageFilter {
  @Field(() => SplitEnum, { nullable: true, description: 'Only images of this split.' })
  readonly split?: Split | null;

  @Field(() => String, { nullable: true, description: 'Only images with this label.' })
  readonly label?: string | null;

  @Field(() => [MetadataEntryInput], {
    nullable: true,
    description: 'Only images with every one of these entries.',
  })
  readonly metadata?: MetadataEntryInput[] | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Only images added at this moment or later.',
  })
  readonly addedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Only images added before this moment.' })
  readonly addedBefore?: Date | null;
}

@ObjectType({ description: 'Where a page of a connection lies (Relay).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follow.' })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether some come before.' })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge.' })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge.' })
  readonly endCursor!: string | null;
}

@ObjectType({ description: 'An image in a connection.' })
export class ImageEdge {
  @Field(() => String, { description: 'Where this edge is, for `after` and `before`.' })
  readonly cursor!: string;

  @Field(() => ImageType, { description: 'The image.' })
  readonly node!: Image;
}

@ObjectType({ description: 'A page of images (Relay).' })
export class ImageConnection {
  @Field(() => [ImageEdge], { description: 'The images of the page.' })
  readonly edges!: readonly ImageEdge[];

  @Field(() => PageInfo, { description: 'Where the page lies.' })
  readonly pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many images meet the filter in all.' })
  readonly totalCount!: number;
}
