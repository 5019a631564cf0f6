'use client';

import type { ReactNode } from 'react';
import {
  FIT_WORDS,
  SCALING_WORDS,
  SIDE_MAX,
  SIDE_MIN,
  type InputChoice,
} from '../../lib/input-choice';
import { Section } from '../elements/section';
import { InputPreview } from './input-preview';
import type { SampleImage } from './launch-documents';

/** What the network is fed, with what it makes of some pictures. */
export function InputFields({
  choice,
  problems,
  sample,
  onChange,
}: {
  choice: InputChoice;
  problems: Partial<Record<keyof InputChoice, string>>;
  sample: readonly SampleImage[];
  onChange: (change: Partial<InputChoice>) => void;
}) {
  return (
    <Section
      title="Input"
      hint="What every picture becomes before the network sees it; proposed from your pictures. It is kept with the model: queries are prepared the same way."
    >
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {(['width', 'height'] as const).map((name) => (
          <Field
            key={name}
            name={name}
            title={name === 'width' ? 'Width' : 'Height'}
            problem={problems[name]}
            hint={`Pixels, ${SIDE_MIN} to ${SIDE_MAX}. More shows finer details and trains slower.`}
          >
            <input
              id={`input-${name}`}
              name={name}
              type="number"
              inputMode="numeric"
              min={SIDE_MIN}
              max={SIDE_MAX}
              value={choice[name]}
              aria-invalid={problems[name] !== undefined}
              aria-describedby={`input-${name}-hint`}
              onChange={({ target }) => onChange({ [name]: target.value })}
              className="field w-full max-w-56 aria-invalid:border-danger"
            />
          </Field>
        ))}
        <Field
          name="channels"
          title="Channels"
          hint="Colour helps where colours tell things apart."
        >
          <select
            id="input-channels"
            value={choice.channels}
            aria-describedby="input-channels-hint"
            onChange={({ target }) => onChange({ channels: target.value === '1' ? 1 : 3 })}
            className="field w-full max-w-56"
          >
            <option value={3}>3: colour</option>
            <option value={1}>1: grayscale</option>
          </select>
        </Field>
        <Field name="fit" title="Fit" hint={`Pictures of another shape: ${FIT_WORDS[choice.fit]}.`}>
          <select
            id="input-fit"
            value={choice.fit}
            aria-describedby="input-fit-hint"
            onChange={({ target }) =>
              onChange({ fit: target.value === 'COVER' ? 'COVER' : 'CONTAIN' })
            }
            className="field w-full max-w-56"
          >
            <option value="CONTAIN">Contain</option>
            <option value="COVER">Cover</option>
          </select>
        </Field>
        <Field
          name="background"
          title="Background"
          problem={problems.background}
          hint="Behind transparent parts and in the bars."
        >
          <span className="flex items-center gap-2">
            <input
              id="input-background"
              name="background"
              value={choice.background}
              spellCheck={false}
              aria-invalid={problems.background !== undefined}
              aria-describedby="input-background-hint"
              onChange={({ target }) => onChange({ background: target.value })}
              className="field w-28 font-mono aria-invalid:border-danger"
            />
            <input
              type="color"
              aria-label="Pick the background"
              value={problems.background ? '#000000' : choice.background}
              onChange={({ target }) => onChange({ background: target.value })}
              className="h-9 w-12 rounded-md border border-line-strong bg-card"
            />
          </span>
        </Field>
        <Field
          name="scaling"
          title="Scaling"
          hint={`Pixel values: ${SCALING_WORDS[choice.scaling]}.`}
        >
          <select
            id="input-scaling"
            value={choice.scaling}
            aria-describedby="input-scaling-hint"
            onChange={({ target }) =>
              onChange({ scaling: target.value === 'CONTRAST' ? 'CONTRAST' : 'UNIT' })
            }
            className="field w-full max-w-56"
          >
            <option value="UNIT">Unit</option>
            <option value="CONTRAST">Contrast</option>
          </select>
        </Field>
      </div>
      {sample.length > 0 && Object.keys(problems).length === 0 && (
        <InputPreview choice={choice} sample={sample} />
      )}
    </Section>
  );
}

function Field({
  name,
  title,
  hint,
  problem,
  children,
}: {
  name: string;
  title: string;
  hint: string;
  problem?: string | undefined;
  children: ReactNode;
}) {
  const id = `input-${name}`;
  return (
    <div className="flex flex-col gap-1 text-sm">
      <label htmlFor={id} className="font-medium">
        {title}
      </label>
      {children}
      <p id={`${id}-hint`} className={problem ? 'text-danger' : 'text-muted'}>
        {problem ?? hint}
      </p>
    </div>
  );
}
