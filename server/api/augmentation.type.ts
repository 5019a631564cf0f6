import { Field, ObjectType } from 'type-graphql';
import type { Image } from '../domain/image.js';
import { ImageType } from './image.type.js';

@ObjectType('AugmentedImage', { description: 'An image, and how training might alter it.' })
export class AugmentedImageType {
  @Field(() => ImageType, { description: 'The image.' })
  readonly image!: Image;

  @Field(() => String, {
    description: 'The picture as the network is fed it when it is not altered, as a `data:` URL.',
  })
  readonly inputUrl!: string;

  @Field(() => [String], { description: 'Altered copies of it, each as a `data:` URL.' })
  readonly copyUrls!: readonly string[];
}
