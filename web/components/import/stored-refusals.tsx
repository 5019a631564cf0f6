'use client';

import { useState } from 'react';
import { useClient, useMutation, useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { formatCount, formatNumberOf } from '../../lib/format';
import { download, refusalsCsv } from '../../lib/import-report';
import type { ImportRefusal } from '../../lib/import-files';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Section } from '../elements/section';
import { RefusalRows } from './refusal-table';

const RefusalsDocument = graphql(`
  query Refusals($datasetId: ID!, $first: Int!, $after: String) {
    dataset(id: $datasetId) {
      id
      refusalCount
      refusals(first: $first, after: $after) {
        name
        code
        message
      }
    }
  }
`);

const ClearRefusalsDocument = graphql(`
  mutation ClearRefusals($datasetId: ID!) {
    clearRefusals(datasetId: $datasetId) {
      id
      refusalCount
    }
  }
`);

const PAGE_SIZE = 50;
const ALL_AT_A_TIME = 1000;

/** What the server remembers of files that imports did not take. */
export function StoredRefusals({ datasetId }: { datasetId: string }) {
  const client = useClient();
  /** The names that the pages so far begin behind; the last one is shown. */
  const [starts, setStarts] = useState<readonly (string | null)[]>([null]);
  const [gathering, setGathering] = useState(false);
  const [{ data, error }, ask] = useQuery({
    query: RefusalsDocument,
    variables: { datasetId, first: PAGE_SIZE, after: starts.at(-1) ?? null },
  });
  const [{ fetching, error: notCleared }, clear] = useMutation(ClearRefusalsDocument);
  if (error) {
    return <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  if (!data || data.dataset.refusalCount === 0) return null;
  const { refusalCount, refusals } = data.dataset;
  const pages = Math.ceil(refusalCount / PAGE_SIZE);

  const downloadAll = async () => {
    setGathering(true);
    const all: ImportRefusal[] = [];
    for (let more = true; more;) {
      const variables = { datasetId, first: ALL_AT_A_TIME, after: all.at(-1)?.name ?? null };
      const answer = await client
        .query(RefusalsDocument, variables, { requestPolicy: 'network-only' })
        .toPromise();
      const some = answer.data?.dataset.refusals ?? [];
      for (const refusal of some) all.push(refusal);
      more = some.length === ALL_AT_A_TIME;
    }
    setGathering(false);
    download(refusalsCsv(all), 'refused.csv', 'text/csv');
  };

  return (
    <Section
      title="Refused files"
      hint={`${formatNumberOf(refusalCount, 'file')} that imports into this dataset did not take. A later import that takes one of them forgets it here.`}
      actions={
        <>
          <Button disabled={gathering} onClick={() => void downloadAll()}>
            {gathering ? 'Gathering …' : 'Download as CSV'}
          </Button>
          <Button disabled={fetching} onClick={() => void clear({ datasetId })}>
            Forget these
          </Button>
        </>
      }
    >
      {notCleared && <ErrorNote error={notCleared} />}
      <RefusalRows refusals={refusals} />
      {pages > 1 && (
        <nav
          aria-label="Pages of refused files"
          className="mt-3 flex flex-wrap items-center justify-between gap-2 text-sm"
        >
          <Button disabled={starts.length === 1} onClick={() => setStarts(starts.slice(0, -1))}>
            <span aria-hidden>←</span> Previous
          </Button>
          <span className="text-muted">
            Page {formatCount(starts.length)} of {formatCount(pages)}
          </span>
          <Button
            disabled={refusals.length < PAGE_SIZE}
            onClick={() => setStarts([...starts, refusals.at(-1)?.name ?? null])}
          >
            Next <span aria-hidden>→</span>
          </Button>
        </nav>
      )}
    </Section>
  );
}
