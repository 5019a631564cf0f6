import { graphql } from '../../lib/graphql';
import type { ExplainQuery } from '../../gql/graphql';

export const ExplainDocument = graphql(`
  query Explain($datasetId: ID!, $example: ExampleInput!, $imageId: ID!, $modelId: ID) {
    explainNeighbour(
      datasetId: $datasetId
      example: $example
      imageId: $imageId
      modelId: $modelId
    ) {
      model {
        id
        input {
          width
          height
        }
      }
      similarity
      rows
      columns
      agreement
      example {
        inputUrl
        reconstructionUrl
        reconstructionError
      }
      image {
        inputUrl
        reconstructionUrl
        reconstructionError
      }
    }
  }
`);

export type Explanation = ExplainQuery['explainNeighbour'];
export type SeenPicture = Explanation['image'];
