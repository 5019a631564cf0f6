import { graphql } from '../../lib/graphql';
import type { LabelSuggestionsFieldsFragment } from '../../gql/graphql';

export const LabelSuggestionsDocument = graphql(`
  query LabelSuggestions(
    $datasetId: ID!
    $suspected: Boolean!
    $minConfidence: Float!
    $first: Int!
    $offset: Int!
  ) {
    suspected: suspectedLabelErrors(
      datasetId: $datasetId
      minConfidence: $minConfidence
      first: $first
      offset: $offset
    ) @include(if: $suspected) {
      ...LabelSuggestionsFields
    }
    suggested: labelSuggestions(
      datasetId: $datasetId
      minConfidence: $minConfidence
      first: $first
      offset: $offset
    ) @skip(if: $suspected) {
      ...LabelSuggestionsFields
    }
  }

  fragment LabelSuggestionsFields on LabelSuggestionPage {
    totalCount
    suggestions {
      suggestedLabel
      confidence
      image {
        id
        thumbnailUrl(inline: true)
        label
        split
      }
      neighbours {
        similarity
        image {
          id
          thumbnailUrl(inline: true)
          label
        }
      }
    }
  }
`);

export const KeepsLabelsDocument = graphql(`
  query KeepsLabels($id: ID!) {
    model(id: $id) {
      keepsLabels
    }
  }
`);

export const LabelReviewProgressDocument = graphql(`
  query LabelReviewProgress($datasetId: ID!) {
    labelReviewProgress(datasetId: $datasetId)
  }
`);

export const SuggestedLabelsDocument = graphql(`
  query SuggestedLabels(
    $datasetId: ID!
    $suspected: Boolean!
    $minConfidence: Float!
    $first: Int!
    $offset: Int!
  ) {
    suspected: suspectedLabelErrors(
      datasetId: $datasetId
      minConfidence: $minConfidence
      first: $first
      offset: $offset
    ) @include(if: $suspected) {
      ...SuggestedLabelsFields
    }
    suggested: labelSuggestions(
      datasetId: $datasetId
      minConfidence: $minConfidence
      first: $first
      offset: $offset
    ) @skip(if: $suspected) {
      ...SuggestedLabelsFields
    }
  }

  fragment SuggestedLabelsFields on LabelSuggestionPage {
    suggestions {
      suggestedLabel
      image {
        id
      }
    }
  }
`);

export const AcceptLabelsDocument = graphql(`
  mutation AcceptLabels($labels: [ImageLabelInput!]!) {
    acceptLabels(labels: $labels) {
      changedCount
      previous {
        imageId
        label
      }
    }
  }
`);

export type LabelSuggestion = LabelSuggestionsFieldsFragment['suggestions'][number];
