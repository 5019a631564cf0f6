import { graphql, withFragments } from '../../lib/graphql';
import type { DuplicateGroupsQuery, DuplicateScanQuery } from '../../gql/graphql';

export const ScanFieldsDocument = graphql(`
  fragment ScanFields on DuplicateScan {
    status
    done
    total
    failure
    maxDistance
    startedAt
    finishedAt
    model {
      id
    }
  }
`);

/** Where the latest look for duplicates stands. */
export const DuplicateScanDocument = withFragments(
  graphql(`
    query DuplicateScan($datasetId: ID!) {
      dataset(id: $datasetId) {
        id
        activeModel {
          id
        }
        duplicateScan {
          ...ScanFields
        }
      }
    }
  `),
  ScanFieldsDocument,
);

/** A page of what it found. */
export const DuplicateGroupsDocument = graphql(`
  query DuplicateGroups($datasetId: ID!, $kind: DuplicateKind!, $first: Int!, $offset: Int!) {
    dataset(id: $datasetId) {
      id
      duplicateScan {
        exact: groupCount(kind: EXACT)
        near: groupCount(kind: NEAR)
        groups(kind: $kind, first: $first, offset: $offset) {
          kind
          distance
          images {
            id
            thumbnailUrl
            name
            label
            width
            height
            format
            byteLength
            addedAt
          }
        }
      }
    }
  }
`);

export const FindDuplicatesDocument = withFragments(
  graphql(`
    mutation FindDuplicates($datasetId: ID!, $maxDistance: Float) {
      findDuplicates(datasetId: $datasetId, maxDistance: $maxDistance) {
        ...ScanFields
      }
    }
  `),
  ScanFieldsDocument,
);

export const CancelDuplicateScanDocument = withFragments(
  graphql(`
    mutation CancelDuplicateScan($datasetId: ID!) {
      cancelDuplicateScan(datasetId: $datasetId) {
        ...ScanFields
      }
    }
  `),
  ScanFieldsDocument,
);

export type Scan = NonNullable<DuplicateScanQuery['dataset']['duplicateScan']>;
type Found = NonNullable<DuplicateGroupsQuery['dataset']['duplicateScan']>;
export type Group = Found['groups'][number];
export type GroupImage = Group['images'][number];
