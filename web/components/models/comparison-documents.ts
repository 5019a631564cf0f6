import type { ComparableModelsQuery, ComparedNeighboursQuery } from '../../gql/graphql';
import { graphql, withFragments } from '../../lib/graphql';

/** The models to choose from, and some images to ask them about. */
export const ComparableModelsDocument = graphql(`
  query ComparableModels($datasetId: ID!) {
    models(datasetId: $datasetId) {
      id
      active
      architecture
      evaluation {
        precisionAt10Exact
      }
    }
  }
`);

/** Images drawn from the TEST split, which no model learns from, and from all of them. */
export const ComparableImagesDocument = graphql(`
  query ComparableImages($datasetId: ID!, $seed: Int!) {
    dataset(id: $datasetId) {
      id
      heldOut: sample(size: 24, seed: $seed, filter: { split: TEST }) {
        id
        label
        thumbnailUrl
      }
      any: sample(size: 24, seed: $seed) {
        id
        label
        thumbnailUrl
      }
    }
  }
`);

const ComparedAnswerFragmentDocument = graphql(`
  fragment ComparedAnswer on SimilarImages {
    query {
      id
      label
      url
    }
    model {
      id
      active
      architecture
    }
    neighbours {
      rank
      similarity
      image {
        id
        label
        split
        thumbnailUrl
      }
    }
  }
`);

/** One query under two models. */
export const ComparedNeighboursDocument = withFragments(
  graphql(`
    query ComparedNeighbours(
      $datasetId: ID!
      $queries: [SearchQueryInput!]!
      $a: ID!
      $b: ID!
      $k: Int!
    ) {
      a: search(datasetId: $datasetId, queries: $queries, k: $k, modelId: $a) {
        ...ComparedAnswer
      }
      b: search(datasetId: $datasetId, queries: $queries, k: $k, modelId: $b) {
        ...ComparedAnswer
      }
    }
  `),
  ComparedAnswerFragmentDocument,
);

export type ComparableModel = ComparableModelsQuery['models'][number];
export type ComparedAnswer = ComparedNeighboursQuery['a'][number];
