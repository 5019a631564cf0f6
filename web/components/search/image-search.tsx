'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { apiErrorOf, isFinal } from '../../lib/api-error';
import { chooseDataset } from '../../lib/chosen-dataset';
import { splitFilter, type SearchState } from '../../lib/search-state';
import { tookMsOf } from '../../lib/timing-exchange';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { Neighbours } from './neighbours';
import { ProvenanceLine } from './provenance-line';
import { QueryCard } from './query-card';
import { SimilarImagesDocument } from './search-documents';

/** The images most like an image of the dataset. */
export function ImageSearch({ imageId, state }: { imageId: string; state: SearchState }) {
  const [{ data, error, fetching, extensions }, ask] = useQuery({
    query: SimilarImagesDocument,
    variables: { imageId, k: state.k, split: splitFilter(state.split), modelId: state.modelId },
    requestPolicy: 'cache-first',
  });
  const current = data && { answer: data.similarImages, tookMs: tookMsOf(extensions) };
  // A refresh that fails for now does not take away what is shown.
  const [last, setLast] = useState(current);
  if (current && current.answer !== last?.answer) setLast(current);
  const failed = error && !isFinal(apiErrorOf(error).code);
  const shown = current ?? (failed || !error ? last : undefined);
  const answer = shown?.answer;
  const query = answer?.query;
  const datasetId = query?.dataset.id;
  useEffect(() => {
    if (datasetId) chooseDataset(datasetId);
  }, [datasetId]);

  const note = error && (
    <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />
  );
  if (!shown || !answer || !query)
    return note ?? <Loading what="the neighbours" className="min-h-96" />;
  const stale = fetching || error !== undefined;
  return (
    <>
      {note}
      <div
        aria-busy={fetching}
        className={`grid grid-cols-[minmax(0,1fr)] items-start gap-5 md:grid-cols-[15rem_minmax(0,1fr)] ${error ? 'opacity-60' : ''}`}
      >
        <QueryCard
          url={query.url}
          alt={`Query image ${query.id}`}
          title={query.label ?? 'No label'}
        >
          <p>
            <Link className="link" href={`/dataset/images/${query.id}`}>
              Image {query.id}
            </Link>
            <span className="text-muted">
              {' '}
              · {query.split} · {query.width}×{query.height}
            </span>
          </p>
          <ProvenanceLine answer={answer} tookMs={shown.tookMs} />
        </QueryCard>
        <Neighbours
          neighbours={answer.neighbours}
          label={query.label ?? null}
          state={state}
          asked={stale ? answer.neighbours.length : state.k}
          from={`image ${query.id}`}
          stale={fetching && !error}
        />
      </div>
    </>
  );
}
