'use client';

import { useSearchParams } from 'next/navigation';
import { useQuery } from 'urql';
import { FEWEST_RUNS, MOST_RUNS, runIdsOf } from '../../lib/run-comparison';
import { hasEnded } from '../../lib/run-words';
import { useInterval } from '../../lib/use-interval';
import { ButtonLink } from '../elements/button';
import { EmptyState } from '../elements/empty-state';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { PageHeader } from '../elements/page-header';
import { ComparedRunsDocument } from './comparison-document';
import { RunCurves } from './run-curves';
import { RunScores } from './run-scores';
import { RunSettings } from './run-settings';
import { RunTimes } from './run-times';

/** Runs side by side: what differed, how they learned, how good they are, how long they took. */
export function CompareRunsPage() {
  const ids = runIdsOf(useSearchParams().get('ids'));
  return (
    <>
      <PageHeader
        title="Compare training runs"
        actions={<ButtonLink href="/runs">All training runs</ButtonLink>}
      >
        What differed, how the losses fell, how good the models are, and how long it took.
      </PageHeader>
      {ids.length < FEWEST_RUNS ? <TooFew /> : <Comparison key={ids.join()} ids={ids} />}
    </>
  );
}

function Comparison({ ids }: { ids: readonly string[] }) {
  const [{ data, error }, ask] = useQuery({
    query: ComparedRunsDocument,
    variables: { ids: [...ids] },
  });
  const refresh = () => ask({ requestPolicy: 'network-only' });
  const going = data?.trainingRuns.some(({ status }) => !hasEnded(status)) ?? false;
  useInterval(refresh, going ? 2_000 : null);
  if (error && !data) return <ErrorNote error={error} onRetry={refresh} />;
  if (!data) return <Loading what="the runs" className="min-h-[60vh]" />;
  const known = new Map(data.trainingRuns.map((run) => [run.id, run]));
  const present = ids.flatMap((id) => known.get(id) ?? []);
  const gone = ids.filter((id) => !known.has(id));
  const runs = present.map((run, look) => ({ ...run, look }));
  return (
    <div className="flex flex-col gap-5">
      {gone.length > 0 && (
        <p role="alert" className="text-sm text-muted">
          There is no run {gone.join(', ')} (any more).
        </p>
      )}
      {runs.length < FEWEST_RUNS ? (
        <TooFew />
      ) : (
        <>
          <RunSettings runs={runs} architectures={data.architectures} />
          <RunScores runs={runs} />
          <RunCurves runs={runs} architectures={data.architectures} />
          <RunTimes runs={runs} />
        </>
      )}
    </div>
  );
}

function TooFew() {
  return (
    <EmptyState title="Nothing to compare yet">
      <p>
        Choose {FEWEST_RUNS} to {MOST_RUNS} runs by their boxes in the list of training runs.
      </p>
      <ButtonLink look="primary" href="/runs">
        Choose runs
      </ButtonLink>
    </EmptyState>
  );
}
