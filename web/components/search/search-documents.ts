import { graphql } from '../../gql';
import type { SimilarImagesQuery } from '../../gql/graphql';

/** What a search answers, from an image and from a picture file alike. */
export const SimilarImagesFragment = graphql(`
  fragment SimilarImagesFields on SimilarImages {
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
      image {
        id
        url
        label
        split
      }
    }
  }
`);

export const SimilarImagesDocument = graphql(`
  query SimilarImages($imageId: ID!, $k: Int!, $split: Split, $modelId: ID) {
    similarImages(imageId: $imageId, k: $k, split: $split, modelId: $modelId) {
      query {
        id
        url
        label
        split
        name
        width
        height
        dataset {
          id
        }
      }
      ...SimilarImagesFields
    }
  }
`);

export const SimilarImagesToUploadDocument = graphql(`
  query SimilarImagesToUpload(
    $datasetId: ID!
    $file: Upload!
    $k: Int!
    $split: Split
    $modelId: ID
  ) {
    similarImagesToUpload(
      datasetId: $datasetId
      file: $file
      k: $k
      split: $split
      modelId: $modelId
    ) {
      ...SimilarImagesFields
    }
  }
`);

type Answer = SimilarImagesQuery['similarImages'];
export type Neighbour = Answer['neighbours'][number];
export type Provenance = Pick<Answer, 'model' | 'run' | 'indexes'>;
