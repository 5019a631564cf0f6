import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { EvaluationDetails } from '../domain/evaluation.js';
import { ImageService } from '../services/image.service.js';
import { EvaluationDetailsType, WorstQueryType } from './evaluation.type.js';

@Resolver(() => EvaluationDetailsType)
export class EvaluationDetailsResolver {
  constructor(private readonly images: ImageService) {}

  @FieldResolver(() => [WorstQueryType], {
    description:
      'Up to 24 queries with the fewest neighbours of their label, the worst first, without images ' +
      'that were deleted since. Empty for a model that came in a bundle.',
  })
  async worstQueries(@Root() { worstQueries }: EvaluationDetails): Promise<WorstQueryType[]> {
    const ids = worstQueries.flatMap(({ imageId, neighbours }) => [
      imageId,
      ...neighbours.map((neighbour) => neighbour.imageId),
    ]);
    const images = await this.images.byIds([...new Set(ids)]);
    const byId = new Map(images.map((image) => [image.id, image]));
    return worstQueries.flatMap(({ imageId, label, precisionAt10, neighbours }) => {
      const image = byId.get(imageId);
      if (!image) return [];
      const present = neighbours.flatMap((neighbour) => {
        const found = byId.get(neighbour.imageId);
        const sharesLabel = neighbour.label === label;
        return found ? [{ image: found, label: neighbour.label, sharesLabel }] : [];
      });
      return [{ image, label, precisionAt10, neighbours: present }];
    });
  }
}
