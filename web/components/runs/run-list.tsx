'use client';

import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import type { RunListQuery } from '../../gql/graphql';
import { hasEnded } from '../../lib/run-words';
import { useInterval } from '../../lib/use-interval';
import { ButtonLink } from '../elements/button';
import { EmptyState } from '../elements/empty-state';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { RunRow } from './run-row';

const RunListDocument = graphql(`
  query RunList($datasetId: ID!) {
    trainingRuns(datasetId: $datasetId) {
      id
      architecture
      status
      phase
      phaseProgress
      epochsDone
      epochCount
      secondsLeft
      createdAt
      startedAt
      finishedAt
      failure {
        code
        message
      }
      lastLoss
    }
  }
`);

export type ListedRun = RunListQuery['trainingRuns'][number];

/** All runs of a dataset, newest first; fresh while one is going. */
export function RunList({ datasetId }: { datasetId: string }) {
  const [{ data, error }, ask] = useQuery({ query: RunListDocument, variables: { datasetId } });
  const refresh = () => ask({ requestPolicy: 'network-only' });
  const runs = data?.trainingRuns;
  const going = runs?.some(({ status }) => !hasEnded(status)) ?? false;
  useInterval(refresh, going ? 2_000 : 15_000);

  if (error && !runs) return <ErrorNote error={error} onRetry={refresh} />;
  if (!runs) return <Loading what="the training runs" className="min-h-80" />;
  if (runs.length === 0) {
    return (
      <EmptyState title="No training run yet">
        <p>A first run with the defaults takes a few minutes and makes the search work.</p>
        <ButtonLink look="primary" href="/runs/new">
          Train a model
        </ButtonLink>
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Training runs" className="flex flex-col gap-2.5">
      {runs.map((run) => (
        <RunRow key={run.id} run={run} />
      ))}
    </ul>
  );
}
