'use client';

import { useState } from 'react';
import { formatCount, formatNumberOf, formatPercent } from '../../lib/format';
import { Button } from '../elements/button';
import { ConfirmDialog } from '../elements/confirm-dialog';
import { ProgressBar } from '../elements/progress-bar';
import type { AcceptLabels } from './use-accept-labels';

/** How sure the neighbours must be, and what can be accepted at once. */
export function AcceptBar({
  writing,
  totalCount,
  chosenCount,
  minConfidence,
  settled,
  onMinConfidence,
  onSelectPage,
  onSelectNone,
  onAccept,
  onAcceptAll,
}: {
  writing: AcceptLabels;
  totalCount: number;
  chosenCount: number;
  minConfidence: number;
  /** Whether what is shown is of this confidence. */
  settled: boolean;
  onMinConfidence: (value: number) => void;
  onSelectPage: () => void;
  onSelectNone: () => void;
  onAccept: () => void;
  onAcceptAll: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const { progress, last } = writing;
  if (progress) {
    return (
      <div className="card flex flex-col gap-3 text-sm">
        <p role="status">
          {progress.total === 0
            ? 'Writing labels …'
            : `Writing labels: ${formatCount(progress.done)} of ${formatCount(progress.total)}`}
        </p>
        <ProgressBar value={progress.done / Math.max(1, progress.total)} label="Labels written" />
      </div>
    );
  }
  return (
    <div className="card flex flex-col gap-3 text-sm">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <label className="min-w-52 flex-1 sm:max-w-80">
          <span className="mb-1 flex justify-between text-muted">
            At least as sure as <span className="text-ink">{formatPercent(minConfidence)}</span>
          </span>
          <input
            type="range"
            min={0}
            max={1}
            step={0.01}
            value={minConfidence}
            aria-valuetext={formatPercent(minConfidence)}
            onChange={({ target }) => onMinConfidence(Number(target.value))}
            className="h-9 w-full accent-accent"
          />
        </label>
        <div className="flex flex-wrap gap-2">
          <Button disabled={totalCount === 0} onClick={onSelectPage}>
            Select the page
          </Button>
          {chosenCount > 0 && (
            <Button look="quiet" onClick={onSelectNone}>
              Select none
            </Button>
          )}
          <Button look="primary" disabled={chosenCount === 0} onClick={onAccept}>
            Accept {chosenCount > 0 ? `${formatCount(chosenCount)} ` : ''}selected
          </Button>
          <Button disabled={totalCount === 0 || !settled} onClick={() => setAsking(true)}>
            Accept all {formatCount(totalCount)} …
          </Button>
        </div>
      </div>
      {last && (
        <p role="status" className="flex flex-wrap items-center gap-2">
          {formatNumberOf(last.changedCount, 'label')} written.
          {last.previous.length > 0 && (
            <Button look="quiet" onClick={() => void writing.undo()}>
              Undo
            </Button>
          )}
        </p>
      )}
      {asking && (
        <ConfirmDialog
          title={`Accept ${formatNumberOf(totalCount, 'label')}?`}
          action="Accept them"
          busy={false}
          onConfirm={() => {
            setAsking(false);
            onAcceptAll();
          }}
          onClose={() => setAsking(false)}
        >
          <p>
            Every image whose neighbours are at least {formatPercent(minConfidence)} sure gets the
            label they propose. It can be taken back until you leave the page.
          </p>
        </ConfirmDialog>
      )}
    </div>
  );
}
