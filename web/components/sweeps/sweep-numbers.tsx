import { SETTINGS_MAX, SETTINGS_MIN } from '../../lib/sweep-input';
import { Section } from '../elements/section';

export interface SweepNumberTexts {
  readonly settings: string;
  readonly minutes: string;
  readonly seed: string;
}

const FIELDS = [
  {
    name: 'settings',
    title: 'Settings',
    hint: `${SETTINGS_MIN} to ${SETTINGS_MAX}. All combinations of the values where there are no more, else so many drawn at random.`,
  },
  {
    name: 'minutes',
    title: 'Minutes',
    hint: 'For how long all settings together may be worked on; waiting does not count. Then the one that goes on stops behind its epoch, and no other is begun.',
  },
  {
    name: 'seed',
    title: 'Seed of the sweep',
    hint: 'Decides which settings are drawn and in which order they are tried.',
  },
] as const;

/** How many settings, for how long, and which. */
export function SweepNumbers({
  texts,
  problems,
  onChange,
}: {
  texts: SweepNumberTexts;
  problems: Readonly<Record<keyof SweepNumberTexts, string | null>>;
  onChange: (changes: Partial<SweepNumberTexts>) => void;
}) {
  return (
    <Section title="How many, and for how long">
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-3">
        {FIELDS.map(({ name, title, hint }) => (
          <div key={name} className="flex flex-col gap-1 text-sm">
            <label htmlFor={`sweep-${name}`} className="font-medium">
              {title}
            </label>
            <input
              id={`sweep-${name}`}
              name={name}
              type="number"
              inputMode={name === 'minutes' ? 'decimal' : 'numeric'}
              step={name === 'minutes' ? 'any' : 1}
              value={texts[name]}
              aria-invalid={problems[name] !== null}
              aria-describedby={`sweep-${name}-hint`}
              onChange={({ target }) => onChange({ [name]: target.value })}
              className="field w-full max-w-56 aria-invalid:border-danger"
            />
            {problems[name] && <p className="text-danger">{problems[name]}</p>}
            <p id={`sweep-${name}-hint`} className="text-muted">
              {hint}
            </p>
          </div>
        ))}
      </div>
    </Section>
  );
}
