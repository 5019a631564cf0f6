import type { ComparedRunsQuery } from '../../gql/graphql';
import { graphql, withFragments } from '../../lib/graphql';
import { InputFieldsFragmentDocument } from '../../lib/run-documents';
import {
  EstimateFieldsFragmentDocument,
  NeighbourScoresFieldsFragmentDocument,
} from '../models/estimate-fragments';

/** Runs with all that they are compared by. */
export const ComparedRunsDocument = withFragments(
  graphql(`
    query ComparedRuns($ids: [ID!]!) {
      trainingRuns(ids: $ids) {
        id
        architecture
        status
        epochsDone
        epochCount
        createdAt
        startedAt
        finishedAt
        input {
          ...InputFields
        }
        hyperparameters {
          name
          value
        }
        dataset {
          id
          title
        }
        epochs {
          epoch
          loss
          seconds
        }
        model {
          id
          active
          latentSize
          evaluation {
            queryCount
            details {
              scores {
                ...NeighbourScoresFields
              }
              recallAt10 {
                ...EstimateFields
              }
              ownCopies {
                ...EstimateFields
              }
            }
          }
        }
      }
      architectures {
        name
        title
        loss
        hyperparameters {
          name
          title
        }
      }
    }
  `),
  InputFieldsFragmentDocument,
  NeighbourScoresFieldsFragmentDocument,
  EstimateFieldsFragmentDocument,
);

/** A run, with the look that it has wherever it is shown. */
export type ComparedRun = ComparedRunsQuery['trainingRuns'][number] & { readonly look: number };
export type ComparedArchitecture = ComparedRunsQuery['architectures'][number];
