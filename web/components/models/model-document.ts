import { graphql, withFragments } from '../../lib/graphql';
import { InputFieldsFragmentDocument } from '../../lib/run-documents';

/** A mean with its interval. */
const EstimateFieldsFragmentDocument = graphql(`
  fragment EstimateFields on Estimate {
    value
    low
    high
  }
`);

/** What is measured of the rankings of an exact search. */
const NeighbourScoresFieldsFragmentDocument = withFragments(
  graphql(`
    fragment NeighbourScoresFields on NeighbourScores {
      precisionAt1 {
        ...EstimateFields
      }
      precisionAt10 {
        ...EstimateFields
      }
      meanAveragePrecisionAt100 {
        ...EstimateFields
      }
      accuracyAt10 {
        ...EstimateFields
      }
    }
  `),
  EstimateFieldsFragmentDocument,
);

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
