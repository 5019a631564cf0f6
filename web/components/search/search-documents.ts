import { graphql } from '../../lib/graphql';
import type { SearchQuery } from '../../gql/graphql';

/** Any search: from images of the dataset, from picture files, from several of both. */
export const SearchDocument = graphql(`
  query Search(
    $datasetId: ID!
    $queries: [SearchQueryInput!]!
    $k: Int!
    $modelId: ID
    $filter: ImageFilterInput
  ) {
    search(datasetId: $datasetId, queries: $queries, k: $k, modelId: $modelId, filter: $filter) {
      model {
        id
        active
        evaluation {
          recallAt10
        }
      }
      run {
        id
      }
      indexes {
        id
        split
        size
      }
      neighbours {
        rank
        similarity
        distance
        percentile
        image {
          id
          url
          thumbnailUrl
          label
          split
        }
      }
    }
  }
`);

/** Asked once the neighbours are there: every picture has to be redrawn for it. */
export const FamiliarityDocument = graphql(`
  query Familiarity($datasetId: ID!, $queries: [SearchQueryInput!]!, $modelId: ID) {
    search(datasetId: $datasetId, queries: $queries, k: 1, modelId: $modelId) {
      model {
        id
      }
      familiarity {
        unusual
        percentile
        reconstructionError
      }
    }
  }
`);

/** An image of the dataset that is searched from. */
export const QueryImageDocument = graphql(`
  query QueryImage($id: ID!) {
    image(id: $id) {
      id
      url
      thumbnailUrl
      label
      split
      name
      width
      height
      dataset {
        id
      }
    }
  }
`);

export type SearchAnswer = SearchQuery['search'][number];
export type Neighbour = SearchAnswer['neighbours'][number];
export type Provenance = Pick<SearchAnswer, 'model' | 'run' | 'indexes'>;
