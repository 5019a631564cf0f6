import { graphql, withFragments } from '../../lib/graphql';
import { InputFieldsFragmentDocument } from '../../lib/run-documents';
import type { LaunchProposalQuery } from '../../gql/graphql';

export const LaunchArchitecturesDocument = graphql(`
  query LaunchArchitectures {
    architectures {
      name
      title
      description
      reference
      hyperparameters {
        name
        title
        description
        kind
        default
        min
        max
        unswept
      }
    }
  }
`);

/** What a training on these pictures would best be started with, and some of them to see it on. */
export const LaunchProposalDocument = withFragments(
  graphql(`
    query LaunchProposal($datasetId: ID!, $architecture: String!) {
      dataset(id: $datasetId) {
        id
        sample(size: 8, seed: 1) {
          id
          thumbnailUrl
          label
        }
        trainingProposal(architecture: $architecture) {
          imageCount
          hyperparameters {
            name
            value
          }
          input {
            ...InputFields
          }
          warnings {
            code
            message
          }
        }
      }
    }
  `),
  InputFieldsFragmentDocument,
);

export const StartTrainingDocument = graphql(`
  mutation StartTraining($input: StartTrainingInput!) {
    startTraining(input: $input) {
      id
    }
  }
`);

/** What training would make of some pictures. */
export const AugmentationPreviewDocument = graphql(`
  query AugmentationPreview(
    $datasetId: ID!
    $architecture: String!
    $hyperparameters: [HyperparameterInput!]!
    $input: InputSpecInput
  ) {
    augmentationPreview(
      datasetId: $datasetId
      architecture: $architecture
      hyperparameters: $hyperparameters
      input: $input
    ) {
      image {
        id
        label
        thumbnailUrl
      }
      inputUrl
      copyUrls
    }
  }
`);

export type Proposal = LaunchProposalQuery['dataset']['trainingProposal'];
export type SampleImage = LaunchProposalQuery['dataset']['sample'][number];
