import type { AuditEntriesQuery } from '../../gql/graphql';
import { graphql } from '../../lib/graphql';

export const AuditEntriesDocument = graphql(`
  query AuditEntries($first: Int!, $after: ID, $caller: String, $action: String) {
    auditEntries(first: $first, after: $after, caller: $caller, action: $action) {
      id
      at
      keyId
      caller
      address
      action
      subject
      outcome
    }
  }
`);

export const AuditFiltersDocument = graphql(`
  query AuditFilters {
    auditFilters {
      callers
      actions
    }
  }
`);

export type ListedEntry = AuditEntriesQuery['auditEntries'][number];
