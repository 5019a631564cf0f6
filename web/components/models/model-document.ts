import { graphql, withFragments } from '../../lib/graphql';
import { InputFieldsFragmentDocument } from '../../lib/run-documents';
import { NeighbourScoresFieldsFragmentDocument } from './estimate-fragments';

/** A model with all that its page shows. */
export const ModelDocument = withFragments(
  graphql(`
    query Model($id: ID!) {
      model(id: $id) {
        id
        active
        architecture
        createdAt
        latentSize
        parameterCount
        input {
          ...InputFields
        }
        layers {
          name
          kind
          part
          outputShape
          parameterCount
        }
        evaluation {
          precisionAt10Exact
          precisionAt10Index
          queryCount
          recallAt10
          recallQueryCount
          testLoss
          details {
            scores {
              ...NeighbourScoresFields
            }
            recallAt10 {
              ...EstimateFields
            }
            labelCount
            labels {
              label
              queryCount
              precisionAt10 {
                ...EstimateFields
              }
              mistakenFor {
                label
                share
              }
            }
            baselines {
              name
              scores {
                ...NeighbourScoresFields
              }
            }
            reconstructionError {
              ...EstimateFields
            }
            ownCopies {
              ...EstimateFields
            }
            ownCopyCount
          }
        }
        hyperparameters {
          name
          value
        }
        indexes {
          id
          split
          size
          m
          efConstruction
          efSearch
          recall
          recallTarget
          reachesRecallTarget
          recallCurve {
            ef
            recall
            microseconds
          }
          metric
          buildSeconds
          byteLength
        }
        dataset {
          id
          title
        }
        run {
          id
          epochCount
          epochs {
            epoch
            loss
          }
        }
      }
    }
  `),
  InputFieldsFragmentDocument,
  NeighbourScoresFieldsFragmentDocument,
);
