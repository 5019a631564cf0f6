'use client';

import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { formatCount, formatNumberOf } from '../../lib/format';
import { useInterval } from '../../lib/use-interval';
import { ProgressBar } from '../elements/progress-bar';

const EmbeddingCountsDocument = graphql(`
  query EmbeddingCounts($datasetId: ID!) {
    dataset(id: $datasetId) {
      id
      embeddingCounts {
        embedded
        pending
        failed
      }
    }
  }
`);

const BUSY_MS = 1_000;
const IDLE_MS = 15_000;

/** How many images no search finds yet, or ever. Nothing where all can be found. */
export function EmbeddingProgress({ datasetId }: { datasetId: string }) {
  const [{ data }, ask] = useQuery({
    query: EmbeddingCountsDocument,
    variables: { datasetId },
    requestPolicy: 'network-only',
  });
  const counts = data?.dataset.embeddingCounts;
  const pending = counts?.pending ?? 0;
  useInterval(() => ask({ requestPolicy: 'network-only' }), pending > 0 ? BUSY_MS : IDLE_MS);
  if (!counts || (pending === 0 && counts.failed === 0)) return null;
  const total = counts.embedded + pending + counts.failed;
  return (
    <section aria-label="Embeddings" className="card mb-5 flex flex-col gap-2 text-sm">
      {pending > 0 && (
        <>
          <p data-testid="embedding-pending">
            {formatCount(pending)} of {formatNumberOf(total, 'image')}{' '}
            {pending === 1 ? 'is' : 'are'} still being embedded; searches find{' '}
            {pending === 1 ? 'it' : 'them'} as soon as that is done.
          </p>
          <ProgressBar value={1 - pending / total} label="Embedded images" />
        </>
      )}
      {counts.failed > 0 && (
        <p className="text-danger">
          {formatNumberOf(counts.failed, 'image')} cannot be embedded and{' '}
          {counts.failed === 1 ? 'is' : 'are'} found by no search.{' '}
          {counts.failed === 1 ? 'It bears' : 'They bear'} a <span aria-hidden>“!”</span> below;
          open one to see why.
        </p>
      )}
    </section>
  );
}
