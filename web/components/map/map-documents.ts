import { graphql } from '../../lib/graphql';
import type { EmbeddingMapQuery } from '../../gql/graphql';

export const EmbeddingMapDocument = graphql(`
  query EmbeddingMap($modelId: ID!, $kind: MapKind!) {
    model(id: $modelId) {
      id
      embeddingMap(kind: $kind) {
        kind
        status
        progress
        url
        createdAt
        finishedAt
        failure {
          code
          message
        }
      }
    }
  }
`);

export const StartEmbeddingMapDocument = graphql(`
  mutation StartEmbeddingMap($modelId: ID!, $kind: MapKind!) {
    startEmbeddingMap(modelId: $modelId, kind: $kind) {
      status
    }
  }
`);

export const CancelEmbeddingMapDocument = graphql(`
  mutation CancelEmbeddingMap($modelId: ID!, $kind: MapKind!) {
    cancelEmbeddingMap(modelId: $modelId, kind: $kind) {
      status
    }
  }
`);

export const MapImageDocument = graphql(`
  query MapImage($id: ID!) {
    image(id: $id) {
      id
      name
      label
      split
    }
  }
`);

export type EmbeddingMap = NonNullable<EmbeddingMapQuery['model']['embeddingMap']>;
