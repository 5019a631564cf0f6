'use client';

import Link from 'next/link';
import { useQuery } from 'urql';
import { formatDateTime, formatSeconds } from '../../lib/format';
import { useInterval } from '../../lib/use-interval';
import { ButtonLink } from '../elements/button';
import { EmptyState } from '../elements/empty-state';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { ProgressBar } from '../elements/progress-bar';
import { SweepBadge } from './sweep-badge';
import { SweepListDocument } from './sweep-documents';

/** All sweeps of a dataset, newest first; fresh while one goes on. */
export function SweepList({ datasetId }: { datasetId: string }) {
  const [{ data, error }, ask] = useQuery({ query: SweepListDocument, variables: { datasetId } });
  const refresh = () => ask({ requestPolicy: 'network-only' });
  const sweeps = data?.sweeps;
  const going = sweeps?.some(({ status }) => status === 'RUNNING') ?? false;
  useInterval(refresh, going ? 2_000 : 15_000);
  if (error && !sweeps) return <ErrorNote error={error} onRetry={refresh} />;
  if (!sweeps) return <Loading what="the sweeps" className="min-h-80" />;
  if (sweeps.length === 0) {
    return (
      <EmptyState title="No sweep yet">
        <p>
          Say which dials of an architecture to turn, and for how long to try: the settings come out
          ranked, and the best is one click from answering the searches.
        </p>
        <ButtonLink look="primary" href="/sweeps/new">
          Try some settings
        </ButtonLink>
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Sweeps" className="flex flex-col gap-2.5">
      {sweeps.map((sweep) => (
        <li
          key={sweep.id}
          className="card relative grid grid-cols-2 items-center gap-x-4 gap-y-2 p-3 text-sm hover:border-accent sm:grid-cols-[13rem_minmax(0,1fr)_8rem_9rem] sm:p-4"
        >
          <p className="flex items-center gap-2.5">
            <Link
              href={`/sweeps/${sweep.id}`}
              className="font-semibold whitespace-nowrap after:absolute after:inset-0 after:rounded-lg"
            >
              Sweep {sweep.id}
            </Link>
            <SweepBadge status={sweep.status} />
          </p>
          <div className="max-sm:order-last max-sm:col-span-2">
            <p className="mb-1 flex justify-between gap-2 text-xs text-muted">
              <span className="truncate">
                {sweep.architecture}: {sweep.dials.map(({ name }) => name).join(', ')}
              </span>
              <span className="whitespace-nowrap">
                {sweep.endedCount} of {sweep.settingCount} settings
              </span>
            </p>
            <ProgressBar
              value={sweep.endedCount / Math.max(1, sweep.settingCount)}
              label={`Settings of sweep ${sweep.id}`}
            />
          </div>
          <p className="max-sm:text-right">
            <span className="block text-xs text-muted">Time used</span>
            {formatSeconds(sweep.usedSeconds)}
          </p>
          <p className="max-sm:text-right">
            <span className="block text-xs text-muted">Started</span>
            {formatDateTime(sweep.createdAt)}
          </p>
        </li>
      ))}
    </ul>
  );
}
