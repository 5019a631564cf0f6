import Link from 'next/link';
import { formatInterval } from '../../lib/estimate';
import { formatHyperparameter, formatScore, formatSeconds } from '../../lib/format';
import { winnerOf } from '../../lib/sweep-words';
import { Badge } from '../elements/badge';
import { ProgressBar } from '../elements/progress-bar';
import { ActivateButton } from '../models/activate-button';
import type { DialTitles, ShownSweep } from './sweep-documents';

/** How far it is, how much of its time it has used, and the best model that it has left. */
export function SweepProgress({
  sweep,
  titles,
  onActivated,
}: {
  sweep: ShownSweep;
  titles: DialTitles;
  onActivated: () => void;
}) {
  const { endedCount, settingCount, usedSeconds, budgetSeconds } = sweep;
  const ended = `${endedCount} of ${settingCount} settings have ended`;
  return (
    <section aria-label="Progress" className="card">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <p className="font-semibold">{ended}</p>
        <p className="text-muted">
          {formatSeconds(usedSeconds)} of {formatSeconds(budgetSeconds)} used
        </p>
      </div>
      <ProgressBar
        value={usedSeconds / budgetSeconds}
        label={`Time that sweep ${sweep.id} has used`}
      />
      <p role="status" className="sr-only">
        {ended}
      </p>
      {sweep.status === 'BUDGET_USED' && (
        <p className="mt-3 text-sm text-muted">
          The time was used up: what was going on stopped behind its epoch, and what had not begun
          was not tried.
        </p>
      )}
      <Winner sweep={sweep} titles={titles} onActivated={onActivated} />
    </section>
  );
}

function Winner({
  sweep,
  titles,
  onActivated,
}: {
  sweep: ShownSweep;
  titles: DialTitles;
  onActivated: () => void;
}) {
  const winner = winnerOf(sweep.settings);
  const model = winner?.run.model;
  if (!winner || !model) {
    return <p className="mt-3 text-sm text-muted">No setting has left a model yet.</p>;
  }
  const swept = new Set(sweep.dials.map(({ name }) => name));
  const dials = winner.run.hyperparameters
    .filter(({ name }) => swept.has(name))
    .map(({ name, value }) => `${titles.get(name) ?? name} ${formatHyperparameter(name, value)}`);
  return (
    <div className="mt-4 flex flex-wrap items-center justify-between gap-3 border-t border-line pt-3 text-sm">
      <p>
        <span className="text-muted">
          {sweep.status === 'RUNNING' ? 'Best so far: ' : 'Best: '}
        </span>
        <Link className="link" href={`/models/${model.id}`}>
          model {model.id}
        </Link>{' '}
        with {dials.join(', ')}
        {winner.estimate && (
          <>
            {' '}
            · <b className="font-semibold">{formatScore(winner.estimate.value)}</b>{' '}
            <span className="text-xs text-muted">({formatInterval(winner.estimate)})</span>
          </>
        )}
      </p>
      {model.active ? (
        <Badge tone="accent">✓ active</Badge>
      ) : (
        <ActivateButton modelId={model.id} look="primary" onActivated={onActivated} />
      )}
    </div>
  );
}
