'use client';

import { useQuery } from 'urql';
import { RunDocument, type RunWithEpochs } from '../../lib/run-documents';
import { hasEnded } from '../../lib/run-words';
import { useLiveRun } from '../../lib/use-live-run';
import { ProblemNote } from '../elements/error-note';
import { PagePending } from '../elements/page-pending';
import { Section } from '../elements/section';
import { EpochTable } from './epoch-table';
import { Hyperparameters } from './hyperparameters';
import { InputFacts } from './input-facts';
import { ProbeImages } from './probe-images';
import { ProbeNeighbours } from './probe-neighbours';
import { RunHeader } from './run-header';
import { RunLog } from './run-log';
import { RunProgress } from './run-progress';
import { TrainingCurves } from './training-curves';

/** A training run as it happens, and afterwards what happened. */
export function RunPage({ id }: { id: string }) {
  const [{ data, error }, ask] = useQuery({
    query: RunDocument,
    variables: { id },
    requestPolicy: 'network-only',
  });
  if (data) return <LiveRunPage known={data.trainingRun} />;
  return (
    <PagePending
      title={`Run ${id}`}
      what="the run"
      error={error}
      onRetry={() => ask({ requestPolicy: 'network-only' })}
      back={{ href: '/runs', title: 'All training runs' }}
    />
  );
}

function LiveRunPage({ known }: { known: RunWithEpochs }) {
  const { run, epochs, connection, update } = useLiveRun(known);
  const gone = connection === 'gone';
  const going = !hasEnded(run.status) && !gone;
  return (
    <>
      <RunHeader run={run} dataset={known.dataset} gone={gone} onChange={update} />
      {gone && (
        <div className="mb-4">
          <ProblemNote
            code="TRAINING_RUN_NOT_FOUND"
            message="This run was deleted meanwhile. What you see is what was known of it."
          />
        </div>
      )}
      {going && connection === 'lost' && (
        <p
          role="alert"
          className="mb-4 rounded-md border border-warning bg-warning-soft px-3 py-2 text-sm"
        >
          Connection lost, retrying … Nothing is missed: a training goes on without us, or from its
          last epoch once the server is back.
        </p>
      )}
      {run.failure && (
        <div className="mb-4">
          <ProblemNote code={run.failure.code} message={run.failure.message} />
        </div>
      )}
      <RunProgress run={run} />
      <div className="mt-5 grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <TrainingCurves
          epochs={epochs}
          epochCount={run.stoppedEarly ? run.epochsDone : run.epochCount}
          bestEpoch={run.bestEpoch ?? null}
          going={going}
        />
        <EpochTable epochs={epochs} bestEpoch={run.bestEpoch ?? null} going={going} />
        <div className="flex min-w-0 flex-col gap-5 lg:col-span-2">
          <ProbeNeighbours runId={run.id} epochs={epochs} going={going} />
          <ProbeImages epochs={epochs} going={going} />
        </div>
        <RunLog runId={run.id} going={going} />
        <div className="flex min-w-0 flex-col gap-5">
          <Section title="Hyper-parameters">
            <Hyperparameters architecture={run.architecture} values={known.hyperparameters} />
          </Section>
          <Section title="Input" hint="What every picture becomes before the network sees it.">
            {run.input ? (
              <InputFacts input={run.input} />
            ) : (
              <p className="text-sm text-muted">
                {going ? 'Known once the run has begun.' : 'This run ended before it was settled.'}
              </p>
            )}
          </Section>
        </div>
      </div>
    </>
  );
}
