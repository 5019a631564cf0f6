import type { KeyListQuery } from '../../gql/graphql';
import { graphql } from '../../lib/graphql';

export const KeyListDocument = graphql(`
  query KeyList {
    accessKeys {
      id
      name
      role
      datasetIds
      fromSetting
      createdAt
      expiresAt
      revokedAt
      lastUsedAt
    }
  }
`);

export const CreateKeyDocument = graphql(`
  mutation CreateKey($input: NewAccessKeyInput!) {
    createAccessKey(input: $input) {
      secret
      key {
        id
        name
      }
    }
  }
`);

export const RevokeKeyDocument = graphql(`
  mutation RevokeKey($id: ID!) {
    revokeAccessKey(id: $id) {
      id
      revokedAt
    }
  }
`);

export type ListedKey = KeyListQuery['accessKeys'][number];
