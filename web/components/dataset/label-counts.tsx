'use client';

import { useDeferredValue, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import type { LabelCountsQuery } from '../../gql/graphql';
import { formatCount, formatNumberOf } from '../../lib/format';
import { useInterval } from '../../lib/use-interval';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { Bar } from '../elements/progress-bar';
import { Section } from '../elements/section';

const LabelCountsDocument = graphql(`
  query LabelCounts($datasetId: ID!, $first: Int!, $containing: String) {
    dataset(id: $datasetId) {
      id
      labelTotal
      labelCounts(first: $first, containing: $containing) {
        label
        split
        count
      }
    }
  }
`);

/** Rows that are asked for; they come split by split. */
const FIRST = 1000;
const LABELS_SHOWN = 100;

const SPLITS = ['TRAIN', 'TEST'] as const;
type Counts = LabelCountsQuery['dataset']['labelCounts'];

/** How many images bear each label: a table whose numbers are drawn as bars. */
export function LabelCounts({ datasetId, importing }: { datasetId: string; importing: boolean }) {
  const [sought, setSought] = useState('');
  const containing = useDeferredValue(sought.trim()) || null;
  const [{ data, error }, ask] = useQuery({
    query: LabelCountsDocument,
    variables: { datasetId, first: FIRST, containing },
  });
  const refresh = () => ask({ requestPolicy: 'network-only' });
  useInterval(refresh, importing ? 5_000 : null);
  const counts = data?.dataset.labelCounts ?? [];
  const total = data?.dataset.labelTotal ?? 0;
  const found = new Set(counts.flatMap(({ label }) => label ?? [])).size;
  const shown = Math.min(found, LABELS_SHOWN);
  const partly = shown < total;
  return (
    <Section
      title="Labels"
      hint="How many images bear each label, by split. Each split's bars have their own scale. Evaluation looks at labels; training only where its architecture says so."
    >
      {error && <ErrorNote error={error} onRetry={refresh} />}
      {!data && !error && <Loading what="the label counts" className="min-h-80" />}
      {(partly || sought !== '') && (
        <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <input
            type="search"
            aria-label="Find a label"
            placeholder="Find a label"
            className="field w-44"
            value={sought}
            onChange={({ target }) => setSought(target.value)}
          />
          <p role="status" className="text-muted">
            {formatCount(shown)} of {formatNumberOf(total, 'label')} shown
          </p>
        </div>
      )}
      {data && counts.length === 0 && (
        <p className="text-sm text-muted">
          {containing ? 'No label contains that.' : 'No images yet.'}
        </p>
      )}
      {counts.length > 0 && (
        <div className={partly ? 'max-h-[28rem] overflow-y-auto' : ''}>
          <LabelChart counts={counts} whole={!partly} cutShort={counts.length === FIRST} />
        </div>
      )}
    </Section>
  );
}

function LabelChart({
  counts,
  whole,
  cutShort,
}: {
  counts: Counts;
  /** Whether every label is shown. */
  whole: boolean;
  /** Whether there are rows that did not come: what is missing is not known to be none. */
  cutShort: boolean;
}) {
  const labels = [...new Set(counts.map(({ label }) => label ?? null))].slice(0, LABELS_SHOWN);
  const countOf = (wanted: string | null, inSplit: string) =>
    counts.find(({ label, split }) => (label ?? null) === wanted && split === inSplit)?.count ??
    (cutShort ? null : 0);
  // Each split to its own scale: TEST bars would be too short to compare on that of TRAIN.
  const largestOf = (inSplit: string) =>
    Math.max(1, ...counts.filter(({ split }) => split === inSplit).map(({ count }) => count));
  const totalOf = (inSplit: string) =>
    counts.reduce((sum, { split, count }) => sum + (split === inSplit ? count : 0), 0);
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Images by label and split</caption>
      <thead>
        <tr className="text-left text-muted">
          <th scope="col" className="w-24 pb-2 font-normal sm:w-28">
            Label
          </th>
          {SPLITS.map((split) => (
            <th key={split} scope="col" className="pb-2 pl-3 font-normal">
              {split}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {labels.map((label) => (
          <tr key={label} data-testid="label-bar">
            <th
              scope="row"
              className="truncate py-1.5 text-left font-medium"
              title={label ?? undefined}
            >
              {label ?? <span className="text-muted">No label</span>}
            </th>
            {SPLITS.map((split) => {
              const count = countOf(label, split);
              return (
                <td key={split} className="py-1.5 pl-3">
                  <span className="flex items-center gap-2">
                    <span className="h-4 min-w-0 flex-1 overflow-hidden rounded-sm">
                      <Bar
                        share={(count ?? 0) / largestOf(split)}
                        className={split === 'TRAIN' ? 'fill-accent' : 'fill-line-strong'}
                      />
                    </span>
                    <span className="w-12 shrink-0 text-right">
                      {count === null ? '–' : formatCount(count)}
                    </span>
                  </span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
      {whole && (
        <tfoot>
          <tr className="border-t border-line">
            <th scope="row" className="pt-2 text-left font-medium">
              All
            </th>
            {SPLITS.map((split) => (
              <td key={split} className="pt-2 pl-3 text-right font-medium">
                {formatCount(totalOf(split))}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );
}
