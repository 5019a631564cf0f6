import { graphql, withFragments } from '../../lib/graphql';
import { EstimateFieldsFragmentDocument } from './estimate-fragments';

/** What a model and the active one are compared by. */
export const WorseModelDocument = withFragments(
  graphql(`
    query WorseModel($id: ID!) {
      model(id: $id) {
        id
        evaluation {
          ...ChoiceFields
        }
        dataset {
          id
          activeModel {
            id
            evaluation {
              ...ChoiceFields
            }
          }
        }
      }
    }

    fragment ChoiceFields on Evaluation {
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
  `),
  EstimateFieldsFragmentDocument,
);
