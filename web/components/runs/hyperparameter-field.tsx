'use client';

import { formatHyperparameter } from '../../lib/format';
import { defaultOf, rangeOf, type HyperparameterSpec } from '../../lib/hyperparameter-input';

/** One dial: its value, what it does, what it takes, and what is wrong with what was typed. */
export function HyperparameterField({
  spec,
  text,
  problem,
  proposed,
  onChange,
}: {
  spec: HyperparameterSpec;
  text: string;
  problem: string | null;
  /** What is proposed from the pictures, where that is not the default. */
  proposed: number | null;
  onChange: (text: string) => void;
}) {
  const id = `hyperparameter-${spec.name}`;
  return (
    <div className="flex flex-col gap-1 text-sm">
      <label htmlFor={id} className="font-medium">
        {spec.title}
      </label>
      <input
        id={id}
        name={spec.name}
        type="number"
        inputMode={spec.kind === 'INTEGER' ? 'numeric' : 'decimal'}
        step={spec.kind === 'INTEGER' ? 1 : 'any'}
        min={spec.min}
        max={spec.max}
        required
        value={text}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-hint${problem ? ` ${id}-problem` : ''}`}
        onChange={({ target }) => onChange(target.value)}
        className="field w-full max-w-56 aria-invalid:border-danger"
      />
      {problem && (
        <p id={`${id}-problem`} className="text-danger">
          {problem}
        </p>
      )}
      <p id={`${id}-hint`} className="text-muted">
        {spec.description} <span className="sr-only">It is </span>
        <span className="text-xs">
          ({rangeOf(spec)};{' '}
          {proposed !== null && (
            <b className="font-medium text-accent">
              proposed from your pictures: {formatHyperparameter(spec.name, proposed)};{' '}
            </b>
          )}
          default {defaultOf(spec)})
        </span>
      </p>
    </div>
  );
}
