import type { SweepQuery } from '../../gql/graphql';
import { graphql, withFragments } from '../../lib/graphql';
import { EstimateFieldsFragmentDocument } from '../models/estimate-fragments';

export const StartSweepDocument = graphql(`
  mutation StartSweep($input: StartSweepInput!) {
    startSweep(input: $input) {
      id
    }
  }
`);

export const SweepListDocument = graphql(`
  query SweepList($datasetId: ID!) {
    sweeps(datasetId: $datasetId) {
      id
      architecture
      status
      budgetSeconds
      usedSeconds
      settingCount
      endedCount
      createdAt
      dials {
        name
      }
    }
  }
`);

/** A sweep with its ranking, and all that its settings are compared by. */
export const SweepDocument = withFragments(
  graphql(`
    query Sweep($id: ID!) {
      sweep(id: $id) {
        id
        architecture
        status
        budgetSeconds
        usedSeconds
        seed
        createdAt
        settingCount
        endedCount
        dataset {
          id
          title
        }
        dials {
          name
          values
          range {
            low
            high
            scale
          }
        }
        hyperparameters {
          name
          value
        }
        settings {
          rank
          score {
            measure
            value
            queryCount
            baseCount
            seenInTraining
          }
          estimate {
            ...EstimateFields
          }
          run {
            id
            status
            phase
            epochsDone
            epochCount
            stopReason
            stoppedEarly
            bestEpoch
            workedSeconds
            failure {
              code
            }
            hyperparameters {
              name
              value
            }
            epochs {
              epoch
              validation {
                measure
                value
              }
            }
            model {
              id
              active
              evaluation {
                details {
                  scores {
                    precisionAt10 {
                      ...EstimateFields
                    }
                  }
                  ownCopies {
                    ...EstimateFields
                  }
                }
              }
            }
          }
        }
      }
      architectures {
        name
        title
        hyperparameters {
          name
          title
        }
      }
    }
  `),
  EstimateFieldsFragmentDocument,
);

export const CancelSweepDocument = graphql(`
  mutation CancelSweep($id: ID!) {
    cancelSweep(id: $id) {
      id
      status
    }
  }
`);

export type ShownSweep = SweepQuery['sweep'];
export type SweepSetting = ShownSweep['settings'][number];
/** Titles of the dials by their names. */
export type DialTitles = ReadonlyMap<string, string>;
