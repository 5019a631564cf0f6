import { Field, Float, ObjectType } from 'type-graphql';
import type { Image } from '../domain/image.js';
import type { Model } from '../domain/model.js';
import type { OddImage } from '../services/odd-image.service.js';
import { ImageType } from './image.type.js';
import { ModelType } from './model.type.js';

@ObjectType('OddImage', { description: 'An image that the model redraws badly.' })
export class OddImageType implements OddImage {
  @Field(() => ImageType, { description: 'The image.' })
  readonly image!: Image;

  @Field(() => ModelType, { description: 'The model that redraws it so.' })
  readonly model!: Model;

  @Field(() => Float, {
    description: 'Mean squared error of the reconstruction, pixels scaled to 0..1.',
  })
  readonly reconstructionError!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Share of training images that are redrawn better, 0 to 1; null for models from before this ' +
      'was measured.',
  })
  readonly percentile!: number | null;
}
