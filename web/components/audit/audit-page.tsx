'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useQuery } from 'urql';
import { addressWith, pushAddress } from '../../lib/url-state';
import { Button } from '../elements/button';
import { EmptyState } from '../elements/empty-state';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { PageHeader } from '../elements/page-header';
import { StateLink } from '../elements/state-link';
import { AuditEntriesDocument } from './audit-documents';
import { AuditFilters } from './audit-filters';
import { AuditTable } from './audit-table';

const PAGE_SIZE = 50;

/** Who did what, newest first; which of it stands in the address. */
export function AuditPage() {
  const path = usePathname();
  const params = useSearchParams();
  const [caller, action, after] = [params.get('caller'), params.get('action'), params.get('after')];
  const [{ data, error, fetching }, ask] = useQuery({
    query: AuditEntriesDocument,
    // One more than are shown tells whether there are others.
    variables: { first: PAGE_SIZE + 1, after, caller, action },
    requestPolicy: 'cache-and-network',
  });
  const refresh = () => ask({ requestPolicy: 'network-only' });
  const addressOf = (changes: Record<string, string | null>) =>
    addressWith(path, params, { after: null, ...changes });
  const entries = data?.auditEntries.slice(0, PAGE_SIZE);
  const hasOlder = (data?.auditEntries.length ?? 0) > PAGE_SIZE;
  const isFiltered = caller !== null || action !== null;

  return (
    <>
      <PageHeader title="Audit log" actions={<Button onClick={refresh}>Refresh</Button>}>
        Who added, changed, deleted or trained what, who logged in, and who was refused.
      </PageHeader>
      <AuditFilters
        caller={caller}
        action={action}
        onChange={(changes) => pushAddress(addressOf(changes))}
      />
      {error && <ErrorNote error={error} onRetry={refresh} />}
      {!error && !entries && <Loading what="the audit log" className="min-h-80" />}
      {entries?.length === 0 && (
        <EmptyState title={isFiltered ? 'Nothing like that' : 'Nothing yet'}>
          {isFiltered ? (
            <StateLink className="link" href={addressOf({ caller: null, action: null })}>
              Show everything
            </StateLink>
          ) : (
            <p>What is done from now on is listed here, with the key that it was done with.</p>
          )}
        </EmptyState>
      )}
      {entries && entries.length > 0 && (
        <AuditTable entries={entries} isBusy={fetching} hrefOf={(filter) => addressOf(filter)} />
      )}
      <nav aria-label="Pages of the audit log" className="mt-4 flex justify-between gap-2">
        <Button disabled={after === null} onClick={() => pushAddress(addressOf({}))}>
          <span aria-hidden>←</span> Newest
        </Button>
        <Button
          disabled={!hasOlder}
          onClick={() => pushAddress(addressOf({ after: entries?.at(-1)?.id ?? null }))}
        >
          Older <span aria-hidden>→</span>
        </Button>
      </nav>
    </>
  );
}
