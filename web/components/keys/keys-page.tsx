'use client';

import { useState } from 'react';
import { useQuery } from 'urql';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { PageHeader } from '../elements/page-header';
import { PageLink } from '../elements/page-link';
import { KeyListDocument } from './key-documents';
import { KeyTable } from './key-table';
import { NewKey, type MadeKey } from './new-key';
import { NewSecret } from './new-secret';

/** Who gets in: keys are made, seen and revoked here. */
export function KeysPage() {
  const [{ data, error }, ask] = useQuery({ query: KeyListDocument });
  const [made, setMade] = useState<MadeKey | null>(null);
  const refresh = () => ask({ requestPolicy: 'network-only' });
  return (
    <>
      <PageHeader title="Keys">
        Programs send a key with every request; people log in with one. A key has a role, and as you
        like an expiry and the datasets that it is kept to. What was done with it is in the{' '}
        <PageLink className="link" href="/audit">
          audit log
        </PageLink>
        .
      </PageHeader>
      {error && <ErrorNote error={error} onRetry={refresh} />}
      {!error && !data && <Loading what="the keys" className="min-h-80" />}
      {data && (
        <div className="flex flex-col gap-5">
          {made && <NewSecret made={made} onClose={() => setMade(null)} />}
          <NewKey
            onMade={(key) => {
              setMade(key);
              refresh();
            }}
          />
          <KeyTable keys={data.accessKeys} onRevoked={refresh} />
        </div>
      )}
    </>
  );
}
