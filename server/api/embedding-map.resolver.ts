import { Arg, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { EmbeddingMap, MapKind } from '../domain/embedding-map.js';
import type { Model } from '../domain/model.js';
import { EmbeddingMapService } from '../services/embedding-map.service.js';
import { EmbeddingMapType } from './embedding-map.type.js';
import { MapKindEnum } from './enums.js';
import { parseId } from './ids.js';
import { ModelType } from './model.type.js';
import { Requires } from './requires.js';

@Resolver(() => EmbeddingMapType)
export class EmbeddingMapResolver {
  constructor(private readonly service: EmbeddingMapService) {}

  @Requires('CONTRIBUTE')
  @Mutation(() => EmbeddingMapType, {
    description:
      'Has the embeddings of a model drawn in the plane, with the labels as they are now. Answers at ' +
      'once; `embeddingMap` of the model tells how far it is. Errors: MODEL_NOT_FOUND.',
  })
  startEmbeddingMap(
    @Arg('modelId', () => ID, { description: 'Id of the model.' }) modelId: string,
    @Arg('kind', () => MapKindEnum, { description: 'How to lay them out.' }) kind: MapKind,
  ): Promise<EmbeddingMap> {
    return this.service.start(parseId(modelId), kind);
  }

  @Requires('CONTRIBUTE')
  @Mutation(() => EmbeddingMapType, {
    description:
      'Stops drawing a map; one that was drawn before stays. Errors: MAP_NOT_FOUND, ' +
      'MAP_NOT_CANCELLABLE.',
  })
  cancelEmbeddingMap(
    @Arg('modelId', () => ID, { description: 'Id of the model.' }) modelId: string,
    @Arg('kind', () => MapKindEnum, { description: 'Which of its maps.' }) kind: MapKind,
  ): Promise<EmbeddingMap> {
    return this.service.cancel(parseId(modelId), kind);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where the points that were last drawn are served from, relative to this server, 9 bytes each; ' +
      'null where none have been. It never changes.',
  })
  url(@Root() { modelId, kind, blobId }: EmbeddingMap): string | null {
    return blobId && `/maps/${modelId}/${kind.toLowerCase()}.bin?v=${blobId.slice(0, 16)}`;
  }
}

@Resolver(() => ModelType)
export class ModelMapResolver {
  constructor(private readonly service: EmbeddingMapService) {}

  @FieldResolver(() => EmbeddingMapType, {
    nullable: true,
    description: 'Its embeddings in the plane; null where nobody has asked for this map.',
  })
  embeddingMap(
    @Root() model: Model,
    @Arg('kind', () => MapKindEnum, { description: 'Which map.' }) kind: MapKind,
  ): Promise<EmbeddingMap | null> {
    return this.service.find(model.id, kind);
  }
}
