import { graphql, withFragments } from '../../lib/graphql';

/** A mean with its interval. */
export const EstimateFieldsFragmentDocument = graphql(`
  fragment EstimateFields on Estimate {
    value
    low
    high
  }
`);

/** What is measured of the rankings of an exact search. */
export const NeighbourScoresFieldsFragmentDocument = withFragments(
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
