import Link from 'next/link';
import { formatDateTime, formatLoss, formatSeconds } from '../../lib/format';
import { hasEnded, PHASE_WORDS } from '../../lib/run-words';
import { ProgressBar } from '../elements/progress-bar';
import type { ListedRun } from './run-list';
import { StatusBadge } from './status-badge';

/** One run in the list: where it stands, how far, how good, how long. */
export function RunRow({
  run,
  ticked,
  tickable,
  onTick,
}: {
  run: ListedRun;
  /** Whether it is to be compared. */
  ticked: boolean;
  tickable: boolean;
  onTick: (id: string, ticked: boolean) => void;
}) {
  return (
    <li className="card relative grid grid-cols-2 items-center gap-x-4 gap-y-2 p-3 text-sm hover:border-accent sm:grid-cols-[13rem_minmax(0,1fr)_6rem_7rem_9rem] sm:p-4">
      <p className="flex items-center gap-2.5">
        <input
          type="checkbox"
          aria-label={`Compare run ${run.id}`}
          checked={ticked}
          disabled={!tickable}
          onChange={({ target }) => onTick(run.id, target.checked)}
          // Above the link that the whole row is.
          className="relative z-10 size-5 accent-(--accent)"
        />
        <Link
          href={`/runs/${run.id}`}
          className="font-semibold whitespace-nowrap after:absolute after:inset-0 after:rounded-lg"
        >
          Run {run.id}
        </Link>
        <StatusBadge status={run.status} />
      </p>
      <div className="max-sm:order-last max-sm:col-span-2">
        <p className="mb-1 flex justify-between gap-2 text-xs text-muted">
          <span>
            {run.epochsDone} of {run.epochCount} epochs
          </span>
          {run.status === 'RUNNING' && run.phase && <span>{PHASE_WORDS[run.phase]}</span>}
          {run.failure && <code className="truncate text-danger">{run.failure.code}</code>}
        </p>
        <ProgressBar
          value={run.epochsDone / Math.max(1, run.epochCount)}
          label={`Epochs of run ${run.id}`}
        />
      </div>
      <p className="max-sm:text-right">
        <span className="block text-xs text-muted">Last loss</span>
        {run.lastLoss === null ? '–' : formatLoss(run.lastLoss)}
      </p>
      <p>
        <span className="block text-xs text-muted">{hasEnded(run.status) ? 'Took' : 'Left'}</span>
        {timeOf(run)}
      </p>
      <p className="max-sm:text-right">
        <span className="block text-xs text-muted">Queued</span>
        {formatDateTime(run.createdAt)}
      </p>
    </li>
  );
}

function timeOf({ status, startedAt, finishedAt, secondsLeft }: ListedRun): string {
  if (hasEnded(status)) {
    if (!startedAt || !finishedAt) return '–';
    return formatSeconds((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  }
  return secondsLeft === null ? '–' : formatSeconds(secondsLeft);
}
