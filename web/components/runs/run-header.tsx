'use client';

import Link from 'next/link';
import { formatDateTime } from '../../lib/format';
import type { Run } from '../../lib/run-documents';
import { PageHeader } from '../elements/page-header';
import { RunActions } from './run-actions';
import { StatusBadge } from './status-badge';

/** Which run this is, where it stands, and what can be done with it. */
export function RunHeader({
  run,
  dataset,
  gone,
  onChange,
}: {
  run: Run;
  dataset: { id: string; title: string };
  /** Whether it was deleted meanwhile. */
  gone: boolean;
  onChange: (run: Run) => void;
}) {
  return (
    <PageHeader
      title={
        <>
          Run {run.id}
          <span data-testid="run-status" className="inline-flex">
            <StatusBadge status={run.status} />
          </span>
        </>
      }
      actions={<RunActions run={run} gone={gone} onChange={onChange} />}
    >
      {run.architecture} on{' '}
      <Link className="link" href={`/dataset?dataset=${dataset.id}`}>
        {dataset.title}
      </Link>
      , queued {formatDateTime(run.createdAt)}
      {run.sweep && (
        <>
          , a setting of{' '}
          <Link className="link" href={`/sweeps/${run.sweep.id}`}>
            sweep {run.sweep.id}
          </Link>
        </>
      )}
      {run.status === 'SUCCEEDED' && run.model && !run.model.active && (
        <>
          ; its model is not the{' '}
          <Link className="link" href={`/models?dataset=${dataset.id}`}>
            active one
          </Link>
        </>
      )}
    </PageHeader>
  );
}
