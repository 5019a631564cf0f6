'use client';

import Link from 'next/link';
import { useEffect, useEffectEvent } from 'react';
import {
  formatBytes,
  formatCount,
  formatFixed,
  formatNumberOf,
  formatPercent,
  formatSeconds,
} from '../../lib/format';
import { dismissImport } from '../../lib/import-current';
import { isOver, type ImportProgress } from '../../lib/import-progress';
import type { ImportSession } from '../../lib/import-session';
import { useInterval } from '../../lib/use-interval';
import { Button, ButtonLink } from '../elements/button';
import { ProblemNote } from '../elements/error-note';
import { ProgressBar } from '../elements/progress-bar';
import { useOverview, type OverviewDataset } from '../shell/overview';

const TITLES = {
  RUNNING: 'Importing',
  PAUSED: 'Paused',
  STOPPING: 'Stopping …',
  STOPPED: 'Stopped',
  DONE: 'All files are through',
  FAILED: 'The import broke off',
} as const;

/** How far the import of this tab is, and what can be done about it. */
export function RunningImport({
  progress,
  session,
  dataset,
}: {
  progress: ImportProgress;
  session: ImportSession;
  /** Null where it is gone. */
  dataset: OverviewDataset | null;
}) {
  const { refresh } = useOverview();
  const { phase, total, done, doneBytes, totalBytes, trouble, pace } = progress;
  const over = isOver(phase);
  useInterval(refresh, phase === 'RUNNING' ? 3_000 : null);
  const onOver = useEffectEvent(refresh);
  useEffect(() => {
    if (over) onOver();
  }, [over]);
  const share = totalBytes > 0 ? doneBytes / totalBytes : 1;
  return (
    <section aria-label="Import" className="card flex flex-col gap-4">
      <div>
        <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
          <h2 className="text-base font-semibold" data-testid="import-phase">
            {TITLES[phase]}
          </h2>
          <p className="text-muted">
            {formatCount(done)} of {formatNumberOf(total, 'file')} · {formatBytes(doneBytes)} of{' '}
            {formatBytes(totalBytes)}
          </p>
        </div>
        <ProgressBar value={share} label={`Import into ${progress.dataset.title}`} />
        <p className="sr-only" role="status">
          {/* Announced every tenth, not every file. */}
          {TITLES[phase]}, {formatPercent(Math.floor(share * 10) / 10)}
        </p>
      </div>
      <Counts progress={progress} />
      {phase === 'RUNNING' && !trouble && (
        <p className="text-sm text-muted" data-testid="import-pace">
          {pace
            ? `${formatFixed(pace.filesPerSecond, pace.filesPerSecond < 10 ? 1 : 0)} images a second · ${formatFixed(pace.bytesPerSecond / 1e6, 1)} MB/s`
            : 'Measuring the speed …'}
          {progress.secondsLeft !== null && ` · about ${formatSeconds(progress.secondsLeft)} left`}
        </p>
      )}
      {trouble && <Trouble progress={progress} />}
      {over ? (
        <WhatNext progress={progress} dataset={dataset} />
      ) : (
        <Controls phase={phase} session={session} />
      )}
    </section>
  );
}

function Counts({ progress }: { progress: ImportProgress }) {
  const counts = [
    ['Added', progress.added],
    ['Updated', progress.updated],
    ['Were there', progress.unchanged],
    ['Refused', progress.refused],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {counts.map(([name, count]) => (
        <div key={name} className="rounded-md bg-sunken px-3 py-2">
          <dt className="text-xs text-muted">{name}</dt>
          <dd
            className={`text-lg font-semibold ${name === 'Refused' && count > 0 ? 'text-danger' : ''}`}
          >
            {formatCount(count)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Trouble({ progress: { phase, trouble } }: { progress: ImportProgress }) {
  if (!trouble) return null;
  const { code, message } = trouble;
  if (phase !== 'RUNNING') return <ProblemNote code={code} message={message} />;
  return (
    <p role="alert" className="rounded-md border border-warning bg-warning-soft px-3 py-2 text-sm">
      {message} Nothing is lost. <code className="text-xs">{code}</code>
    </p>
  );
}

function Controls({ phase, session }: { phase: ImportProgress['phase']; session: ImportSession }) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {phase === 'PAUSED' ? (
          <Button look="primary" onClick={() => session.goOn()}>
            Go on
          </Button>
        ) : (
          <Button disabled={phase === 'STOPPING'} onClick={() => session.pause()}>
            Pause
          </Button>
        )}
        <Button look="danger" disabled={phase === 'STOPPING'} onClick={() => session.stop()}>
          Stop
        </Button>
      </div>
      <p className="text-sm text-muted">
        You can look at other pages meanwhile; only this tab has to stay open. If it breaks off,
        choose the same files again: what is there already is recognised and not added twice.
      </p>
    </div>
  );
}

function nextWords({ phase, added }: ImportProgress, needsModel: boolean): string {
  if (phase !== 'DONE') {
    return 'What was added is kept. Choose the same files again to go on: those that are there already are recognised and not added twice.';
  }
  if (needsModel) return 'What is missing now is a model that compares them.';
  return added > 0 ? 'The new images can be searched already.' : 'No image was added.';
}

function WhatNext({
  progress,
  dataset,
}: {
  progress: ImportProgress;
  dataset: OverviewDataset | null;
}) {
  const searchable = dataset?.activeModel;
  const isEmpty = progress.added === 0 && dataset?.importedCount === 0;
  const needsModel = !searchable && !isEmpty;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted">{nextWords(progress, needsModel)}</p>
      <div className="flex flex-wrap gap-2">
        {dataset && needsModel && (
          <ButtonLink look="primary" href={`/runs/new?dataset=${dataset.id}`}>
            Train a model
          </ButtonLink>
        )}
        {dataset && searchable && (
          <ButtonLink look="primary" href={`/search?dataset=${dataset.id}`}>
            Search
          </ButtonLink>
        )}
        <Button onClick={dismissImport}>Import more</Button>
        {dataset && (
          <Link
            className="link self-center text-sm"
            href={`/dataset?dataset=${dataset.id}`}
            onClick={dismissImport}
          >
            Browse {dataset.title}
          </Link>
        )}
      </div>
    </div>
  );
}
