import Link from 'next/link';
import type { RunPhase } from '../../gql/graphql';
import { formatPercent, formatSeconds } from '../../lib/format';
import type { Run } from '../../lib/run-documents';
import { hasEnded, PHASE_WORDS, PHASES } from '../../lib/run-words';
import { STOP_WORDS } from '../../lib/sweep-words';
import { earlyStopWords } from '../../lib/validation-words';
import { ProgressBar } from '../elements/progress-bar';
import { useOverview } from '../shell/overview';

/** Phase, epochs and time left of a run that goes; a line on how it ended otherwise. */
export function RunProgress({ run }: { run: Run }) {
  return (
    <section aria-label="Progress" className="card">
      <Phases run={run} />
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <p className="font-semibold">{headline(run)}</p>
        {run.status === 'QUEUED' ? (
          <Ahead runId={run.id} />
        ) : (
          <p className="text-muted">{timing(run)}</p>
        )}
      </div>
      <ProgressBar value={shareOf(run)} label={`Progress of run ${run.id}`} />
      <p role="status" className="sr-only">
        {announcement(run)}
      </p>
    </section>
  );
}

/** What the trainer is at, which this run waits for. */
function Ahead({ runId }: { runId: string }) {
  const { runningRun } = useOverview();
  if (!runningRun || runningRun.id === runId) return null;
  return (
    <p className="text-muted">
      The trainer is at{' '}
      <Link className="link" href={`/runs/${runningRun.id}`}>
        run {runningRun.id}
      </Link>{' '}
      of {runningRun.dataset.title}
    </p>
  );
}

function Phases({ run }: { run: Run }) {
  if (hasEnded(run.status)) return null;
  const current = run.phase ? PHASES.indexOf(run.phase) : -1;
  return (
    <ol aria-label="Phases" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-xs">
      {PHASES.map((phase, place) => (
        <li
          key={phase}
          aria-current={place === current ? 'step' : undefined}
          className={place === current ? 'font-semibold text-accent' : 'text-muted'}
        >
          <span aria-hidden>{place < current ? '✓' : place === current ? '▶' : '○'} </span>
          {PHASE_WORDS[phase]}
          {place < current && <span className="sr-only"> (done)</span>}
        </li>
      ))}
    </ol>
  );
}

function headline(run: Run): string {
  const epochs = earlyStopWords(run) ?? `${run.epochsDone} of ${run.epochCount} epochs done`;
  switch (run.status) {
    case 'QUEUED':
      return `Waiting for a trainer · ${epochs}`;
    case 'INTERRUPTED':
      return `Its trainer went away; it goes on from its checkpoint soon · ${epochs}`;
    case 'RUNNING':
      return runningHeadline(run.phase ?? null, run);
    default:
      return run.stopReason ? `${epochs} · ${STOP_WORDS[run.stopReason]}` : epochs;
  }
}

function runningHeadline(phase: RunPhase | null, run: Run): string {
  if (phase === 'TRAINING' && !run.stoppedEarly) {
    return `Epoch ${Math.min(run.epochsDone + 1, run.epochCount)} of ${run.epochCount}`;
  }
  if (!phase) return 'Starting';
  const stopped = earlyStopWords(run);
  const going = `${PHASE_WORDS[phase]} · ${formatPercent(run.phaseProgress)}`;
  return stopped ? `${going} · ${stopped}` : going;
}

function timing(run: Run): string {
  if (hasEnded(run.status)) {
    if (!run.startedAt || !run.finishedAt) return 'It never started';
    const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000;
    return `Took ${formatSeconds(seconds)}`;
  }
  if (run.status !== 'RUNNING' || run.phase !== 'TRAINING') return '';
  if (run.secondsLeft === null) {
    return 'Time left is known after the first epoch';
  }
  return `About ${formatSeconds(run.secondsLeft)} left`;
}

/** Of the phase while it goes; of the epochs once it has ended. */
function shareOf(run: Run): number {
  const epochs = run.stoppedEarly ? 1 : run.epochsDone / Math.max(1, run.epochCount);
  return run.status === 'RUNNING' && run.phase ? run.phaseProgress : epochs;
}

/** Changes once an epoch or a phase, not with every batch. */
function announcement(run: Run): string {
  if (run.status !== 'RUNNING')
    return `Run ${run.id}: ${headline(run)}, ${run.status.toLowerCase()}`;
  const phase = run.phase ? PHASE_WORDS[run.phase] : 'Starting';
  return `Run ${run.id}: ${phase}, ${run.epochsDone} of ${run.epochCount} epochs done`;
}
