'use client';

import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { useQuery } from 'urql';
import type { DuplicateKind } from '../../gql/graphql';
import { surplusOf } from '../../lib/duplicate-choice';
import { formatCount, formatNumberOf } from '../../lib/format';
import { addressWith, pushAddress } from '../../lib/url-state';
import { DeletePictures } from '../elements/delete-pictures';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { Pager } from '../elements/pager';
import { StateLink } from '../elements/state-link';
import { GroupCard } from './group-card';
import { DuplicateGroupsDocument, type Scan } from './scan-documents';

const PAGE_SIZE = 20;

/** What was found: exact and near duplicates, group by group; which page stands in the address. */
export function DuplicateGroups({ datasetId, scan }: { datasetId: string; scan: Scan }) {
  const params = useSearchParams();
  const kind: DuplicateKind = params.get('kind') === 'NEAR' ? 'NEAR' : 'EXACT';
  const page = Math.max(1, Math.floor(Number(params.get('page'))) || 1);
  // Images that were chosen to stay in place of the proposed ones.
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [deleted, setDeleted] = useState(0);
  const [{ data, error, fetching }, ask] = useQuery({
    query: DuplicateGroupsDocument,
    variables: { datasetId, kind, first: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
    requestPolicy: 'network-only',
  });
  const refresh = () => ask({ requestPolicy: 'network-only' });
  const found = data?.dataset.duplicateScan;
  if (error && !found) return <ErrorNote error={error} onRetry={refresh} />;
  if (!found) return <Loading what="the groups" className="min-h-80" />;

  const groups = found.groups;
  const count = kind === 'EXACT' ? found.exact : found.near;
  const surplus = surplusOf(groups, chosen);
  const onDeleted = (ids: readonly string[]) => {
    setDeleted(deleted + ids.length);
    refresh();
  };
  const keep = (id: string, group: readonly { readonly id: string }[]) => {
    const others = new Set(group.map((image) => image.id));
    setChosen(new Set([...[...chosen].filter((kept) => !others.has(kept)), id]));
  };
  const address = (to: DuplicateKind, toPage: number) =>
    addressWith('/duplicates', params, {
      kind: to === 'EXACT' ? null : to,
      page: toPage === 1 ? null : toPage,
    });
  const tabs = [
    { to: 'EXACT', title: 'Exact', total: found.exact },
    { to: 'NEAR', title: 'Near', total: found.near },
  ] as const;
  return (
    <section aria-label="Groups of duplicates" aria-busy={fetching} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <nav aria-label="Kinds of duplicates" className="flex gap-1">
          {tabs.map(({ to, title, total }) => (
            <StateLink
              key={to}
              href={address(to, 1)}
              aria-current={to === kind ? 'page' : undefined}
              className="rounded-md border border-transparent px-3 py-1.5 text-sm text-muted hover:bg-sunken aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent"
            >
              {title} <span className="font-normal">({formatCount(total)})</span>
            </StateLink>
          ))}
        </nav>
        {groups.length > 1 && (
          <DeletePictures
            ids={surplus}
            what={`of the ${groups.length} groups that are shown, all but the kept ones,`}
            onDeleted={onDeleted}
          >
            Delete all but the kept ones ({formatCount(surplus.length)})
          </DeletePictures>
        )}
      </div>
      <p role="status" className={deleted > 0 ? 'text-sm text-muted' : 'sr-only'}>
        {deleted > 0 && `${formatNumberOf(deleted, 'picture')} deleted.`}
      </p>
      {error && <ErrorNote error={error} onRetry={refresh} />}
      {groups.length === 0 && (
        <p className="card py-10 text-center text-sm text-muted">{noneWords(kind, count, scan)}</p>
      )}
      <ul className={`flex flex-col gap-4 ${fetching ? 'opacity-60' : ''}`}>
        {groups.map((group) => (
          <GroupCard
            key={group.images.map(({ id }) => id).join(' ')}
            group={group}
            chosen={chosen}
            onKeep={keep}
            onDeleted={onDeleted}
          />
        ))}
      </ul>
      <Pager
        label="Pages of groups"
        page={page}
        pages={Math.ceil(count / PAGE_SIZE)}
        onGo={(to) => pushAddress(address(kind, to))}
      />
    </section>
  );
}

function noneWords(kind: DuplicateKind, count: number, scan: Scan): string {
  if (count > 0) return 'There are no groups on this page any more: go to the one before.';
  if (kind === 'EXACT') return 'No two pictures have the same bytes.';
  return scan.maxDistance === null
    ? 'Near duplicates were not looked for: that needs a model. Train one, then look again.'
    : 'No two pictures are that near to each other. A larger distance finds more.';
}
