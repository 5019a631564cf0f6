'use client';

import Link from 'next/link';
import type { ComponentProps } from 'react';
import { useId } from 'react';
import { chooseDataset } from '../../lib/chosen-dataset';
import { formatCount, formatNumberOf, formatPercent } from '../../lib/format';
import { runSummary, hasEnded } from '../../lib/run-words';
import { Badge } from '../elements/badge';
import { ProgressBar } from '../elements/progress-bar';
import type { OverviewDataset } from '../shell/overview';
import { DeleteDataset } from './delete-dataset';
import { PictureStrip } from './picture-strip';

/** One dataset. Its links choose it first, as the pages that they lead to show the chosen one. */
export function DatasetCard({ dataset }: { dataset: OverviewDataset }) {
  const id = useId();
  const { name, title, status, importedCount, activeModel, trainingRuns } = dataset;
  const goingRun = trainingRuns.find((run) => !hasEnded(run.status));
  const there = status !== 'DELETING';
  return (
    <li aria-labelledby={id} className="card flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <h2 id={id} className="truncate text-base font-semibold">
            {title}
          </h2>
          <p className="truncate text-sm text-muted">
            <code>{name}</code> · {formatNumberOf(importedCount, 'image')}
          </p>
        </div>
        <StatusBadge dataset={dataset} />
      </div>
      <Going dataset={dataset} />
      {importedCount > 0 && there && <PictureStrip datasetId={dataset.id} />}
      <p className="text-sm">
        {activeModel ? (
          <>
            Searched with{' '}
            <Link className="link" href={`/models/${activeModel.id}`}>
              model {activeModel.id}
            </Link>
          </>
        ) : (
          <span className="text-muted">No model yet{importedCount === 0 && ', no images yet'}</span>
        )}
        {goingRun && (
          <>
            {' · '}
            <Link className="link" href={`/runs/${goingRun.id}`}>
              {runSummary(goingRun)}
            </Link>
          </>
        )}
      </p>
      {there && (
        <p className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
          <Choosing id={dataset.id} href="/dataset">
            Browse
          </Choosing>
          <Choosing id={dataset.id} href="/dataset/import">
            Import
          </Choosing>
          <Choosing id={dataset.id} href="/runs/new">
            Train
          </Choosing>
          {activeModel && (
            <Choosing id={dataset.id} href="/search">
              Search
            </Choosing>
          )}
          <a className="link" href={`/datasets/${dataset.id}/bundle`} download>
            Export
          </a>
          <DeleteDataset dataset={dataset} look="link" />
        </p>
      )}
    </li>
  );
}

function Choosing({ id, ...props }: ComponentProps<typeof Link> & { id: string }) {
  return <Link {...props} className="link" onClick={() => chooseDataset(id)} />;
}

function StatusBadge({ dataset: { status, activeModel } }: { dataset: OverviewDataset }) {
  if (status === 'IMPORTING') return <Badge tone="accent">Importing</Badge>;
  if (status === 'DELETING') return <Badge tone="warning">Being deleted</Badge>;
  if (status === 'FAILED') return <Badge tone="danger">Import stopped</Badge>;
  return activeModel ? <Badge tone="accent">Searchable</Badge> : <Badge>Ready</Badge>;
}

function Going({ dataset }: { dataset: OverviewDataset }) {
  const { status, title, importedCount, expectedCount, importError } = dataset;
  if (status === 'IMPORTING') {
    const share = expectedCount > 0 ? importedCount / expectedCount : 0;
    return (
      <div>
        <p className="mb-1 text-sm text-muted">
          {formatCount(importedCount)}
          {expectedCount > 0 && ` of ${formatCount(expectedCount)}`} images · {formatPercent(share)}
        </p>
        <ProgressBar value={share} label={`Import of ${title}`} />
      </div>
    );
  }
  if (status === 'DELETING') {
    return (
      <p className="text-sm text-muted">
        {formatNumberOf(importedCount, 'image')} left; it goes on by itself.
      </p>
    );
  }
  if (status === 'FAILED' && importError) {
    return <p className="text-sm break-words text-danger">{importError}</p>;
  }
  return null;
}
