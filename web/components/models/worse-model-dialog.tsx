'use client';

import { useQuery } from 'urql';
import { formatInterval, scoreRange, sharedMeasure } from '../../lib/estimate';
import { formatScore } from '../../lib/format';
import { SCORE_WORDS } from '../../lib/score-words';
import { DotAndWhisker, WhiskerAxis } from '../charts/dot-and-whisker';
import { ConfirmDialog } from '../elements/confirm-dialog';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { WorseModelDocument } from './worse-model-document';

/** Both numbers of a model that is worse than the active one, and whether to activate it anyway. */
export function WorseModelDialog({
  modelId,
  refusal,
  busy,
  onConfirm,
  onClose,
}: {
  modelId: string;
  /** What the server says of it, with the numbers that it went by. */
  refusal: string;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const [{ data, error }] = useQuery({ query: WorseModelDocument, variables: { id: modelId } });
  const active = data?.model.dataset.activeModel;
  const evaluated = active
    ? sharedMeasure(active.evaluation.details, data.model.evaluation.details)
    : null;
  // Where images or labels have changed between the two, both were measured anew.
  const shared =
    evaluated &&
    [evaluated.one, evaluated.other].every(({ value }) => refusal.includes(formatScore(value)))
      ? evaluated
      : null;
  const rows = shared
    ? [
        { name: `Model ${active?.id ?? ''}, active`, estimate: shared.one },
        { name: `Model ${modelId}`, estimate: shared.other },
      ]
    : [];
  const range = scoreRange(rows.map(({ estimate }) => ({ estimate, baselines: [] })));
  return (
    <ConfirmDialog
      title={`Model ${modelId} is worse than the active one`}
      action="Activate anyway"
      busy={busy}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {!data && !error && <Loading what="both numbers" className="min-h-24" />}
      {error && <ErrorNote error={error} />}
      {data && !shared && <p>{refusal}</p>}
      {shared && (
        <>
          <p>
            {shared.name}: {SCORE_WORDS[shared.name]}. It lies under the 95 % interval of the active
            model, which is more than chance.
          </p>
          <ul aria-label={shared.name} className="flex flex-col gap-2">
            {rows.map(({ name, estimate }) => (
              <li key={name} data-testid="choice-score">
                <p className="flex items-baseline justify-between gap-3">
                  <span>{name}</span>
                  <span>
                    <span className="font-semibold">{formatScore(estimate.value)}</span>{' '}
                    <span className="text-xs text-muted">{formatInterval(estimate)}</span>
                  </span>
                </p>
                <DotAndWhisker estimate={estimate} range={range} />
              </li>
            ))}
          </ul>
          <WhiskerAxis range={range} />
        </>
      )}
      <p>Searches would find worse neighbours. You can roll back at any time.</p>
    </ConfirmDialog>
  );
}
