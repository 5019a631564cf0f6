import type { HyperparameterSpec } from '../../lib/hyperparameter-input';
import { rangeOf } from '../../lib/hyperparameter-input';
import { draftFor, type DialDraft } from '../../lib/sweep-input';
import { Button } from '../elements/button';

/** A dial that is to differ: which one, and its values or a range of them. */
export function SweptDialFields({
  place,
  draft,
  spec,
  free,
  problem,
  onChange,
  onRemove,
}: {
  /** Among the dials, from 1. */
  place: number;
  draft: DialDraft;
  spec: HyperparameterSpec;
  /** Dials that are not swept yet. */
  free: readonly HyperparameterSpec[];
  problem: string | null;
  onChange: (draft: DialDraft) => void;
  /** Null where it is the only one. */
  onRemove: (() => void) | null;
}) {
  const id = `dial-${place}`;
  const change = (changes: Partial<DialDraft>) => onChange({ ...draft, ...changes });
  const choices = [spec, ...free];
  const described = {
    'aria-invalid': problem !== null,
    'aria-describedby': `${id}-hint${problem ? ` ${id}-problem` : ''}`,
  };
  return (
    <fieldset className="min-w-0 border-t border-line pt-4 first:border-0 first:pt-0">
      <legend className="sr-only">Dial {place}</legend>
      <div className="flex flex-wrap items-end gap-3 text-sm">
        <label className="flex flex-col gap-1">
          <span className="font-medium">Dial</span>
          <select
            className="field"
            value={draft.name}
            onChange={({ target }) => {
              const next = choices.find(({ name }) => name === target.value);
              if (next) onChange(draftFor(next));
            }}
          >
            {choices.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label className="flex flex-col gap-1">
          <span className="font-medium">Takes</span>
          <select
            className="field"
            value={draft.kind}
            onChange={({ target }) =>
              change({ kind: target.value === 'RANGE' ? 'RANGE' : 'VALUES' })
            }
          >
            <option value="VALUES">these values</option>
            <option value="RANGE">values from a range</option>
          </select>
        </label>
        {draft.kind === 'VALUES' ? (
          <label className="flex min-w-48 flex-1 flex-col gap-1">
            <span className="font-medium">Values of {spec.title}</span>
            <input
              name={`${draft.name}-values`}
              autoComplete="off"
              value={draft.values}
              onChange={({ target }) => change({ values: target.value })}
              className="field aria-invalid:border-danger"
              {...described}
            />
          </label>
        ) : (
          <>
            {(['low', 'high'] as const).map((end) => (
              <label key={end} className="flex flex-col gap-1">
                <span className="font-medium">
                  {end === 'low' ? 'From' : 'To'}
                  <span className="sr-only"> of {spec.title}</span>
                </span>
                <input
                  name={`${draft.name}-${end}`}
                  type="number"
                  step="any"
                  value={draft[end]}
                  onChange={({ target }) => change({ [end]: target.value })}
                  className="field w-28 aria-invalid:border-danger"
                  {...described}
                />
              </label>
            ))}
            <label className="flex flex-col gap-1">
              <span className="font-medium">Drawn</span>
              <select
                className="field"
                value={draft.scale}
                onChange={({ target }) =>
                  change({ scale: target.value === 'LOG' ? 'LOG' : 'LINEAR' })
                }
              >
                <option value="LINEAR">evenly</option>
                <option value="LOG">evenly by doublings</option>
              </select>
            </label>
          </>
        )}
        {onRemove && (
          <Button look="quiet" aria-label={`Remove ${spec.title}`} onClick={onRemove}>
            Remove
          </Button>
        )}
      </div>
      {problem && (
        <p id={`${id}-problem`} className="mt-1.5 text-sm text-danger">
          {problem}
        </p>
      )}
      <p id={`${id}-hint`} className="mt-1.5 text-sm text-muted">
        {spec.description} <span className="text-xs">({rangeOf(spec)})</span>
      </p>
    </fieldset>
  );
}
