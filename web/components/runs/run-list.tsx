'use client';

import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import type { RunListQuery } from '../../gql/graphql';
import { FEWEST_RUNS, MOST_RUNS } from '../../lib/run-comparison';
import { hasEnded } from '../../lib/run-words';
import { useInterval } from '../../lib/use-interval';
import { ButtonLink } from '../elements/button';
import { EmptyState } from '../elements/empty-state';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { CompareBar } from './compare-bar';
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
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  // One that was deleted meanwhile cannot be compared.
  const compared = new Set([...ticked].filter((one) => runs?.some(({ id }) => id === one)));
  const tick = (id: string, isTicked: boolean) => {
    const next = new Set(compared);
    if (isTicked) next.add(id);
    else next.delete(id);
    setTicked(next);
  };

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
    <>
      {runs.length >= FEWEST_RUNS && (
        <CompareBar ids={compared} onClear={() => setTicked(new Set())} />
      )}
      <ul aria-label="Training runs" className="flex flex-col gap-2.5">
        {runs.map((run) => (
          <RunRow
            key={run.id}
            run={run}
            ticked={compared.has(run.id)}
            tickable={compared.size < MOST_RUNS || compared.has(run.id)}
            onTick={tick}
          />
        ))}
      </ul>
    </>
  );
}
