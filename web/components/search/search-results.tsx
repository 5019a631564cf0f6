'use client';

import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { apiErrorOf, isFinal } from '../../lib/api-error';
import { conditionCount, filterInputOf, searchQueryOf } from '../../lib/search-input';
import type { SearchState } from '../../lib/search-state';
import { tookMsOf } from '../../lib/timing-exchange';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { ExampleTray } from './example-tray';
import { FamiliarityNote } from './familiarity-note';
import { Neighbours } from './neighbours';
import { ProvenanceLine } from './provenance-line';
import { QueryCard } from './query-card';
import { SearchDocument } from './search-documents';

/** The query beside its neighbours. Files in the question are told apart by urql, each by itself. */
export function SearchResults({
  datasetId,
  state,
  pictureUrl,
  alt,
  title,
  label,
  from,
  paused,
  children,
}: {
  datasetId: string;
  state: SearchState;
  pictureUrl: string;
  alt: string;
  title: string;
  /** Label of the query, if it has one. */
  label: string | null;
  /** The query in words. */
  from: string;
  /** Whether the picture that is shown is not yet the one that is asked for. */
  paused: boolean;
  /** What else is known of the query. */
  children: ReactNode;
}) {
  const query = searchQueryOf(state);
  const queries = query ? [query] : [];
  const { k, modelId } = state;
  const [{ data, error, fetching, extensions }, ask] = useQuery({
    query: SearchDocument,
    variables: { datasetId, queries, k, modelId, filter: filterInputOf(state) },
    requestPolicy: 'cache-and-network',
    pause: paused || !query,
  });
  const answered = data?.search[0];
  const current = answered && { answer: answered, tookMs: tookMsOf(extensions) };
  // A refresh that fails for now does not take away what is shown.
  const [last, setLast] = useState(current);
  if (current && current.answer !== last?.answer) setLast(current);
  const failed = error && !isFinal(apiErrorOf(error).code);
  const shown = current ?? (failed || !error ? last : undefined);
  const several = state.likes.length + state.unlikes.length > 0;

  return (
    <div
      aria-busy={fetching}
      className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 md:grid-cols-[17rem_minmax(0,1fr)] xl:grid-cols-[20rem_minmax(0,1fr)]"
    >
      <QueryCard key={pictureUrl} url={pictureUrl} alt={alt} title={title} state={state}>
        {children}
        {shown && <ProvenanceLine answer={shown.answer} tookMs={shown.tookMs} />}
      </QueryCard>
      <div className={`flex min-w-0 flex-col gap-4 ${error && shown ? 'opacity-60' : ''}`}>
        <ExampleTray state={state} pictureUrl={pictureUrl} />
        {error && (
          <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        )}
        {answered && !error && !fetching && query && (
          <FamiliarityNote datasetId={datasetId} queries={queries} modelId={modelId} />
        )}
        {shown ? (
          <Neighbours
            neighbours={shown.answer.neighbours}
            datasetId={datasetId}
            label={several ? null : label}
            state={state}
            asked={fetching || error ? shown.answer.neighbours.length : k}
            from={several ? 'these examples' : state.crop ? `a part of ${from}` : from}
            filtered={conditionCount(state) > 0 || state.split !== 'ALL'}
            pictureUrl={pictureUrl}
            stale={fetching && !error}
          />
        ) : (
          !error && <Loading what="the neighbours" className="min-h-96" />
        )}
      </div>
    </div>
  );
}
