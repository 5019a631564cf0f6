'use client';

import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery } from 'urql';
import { problemOf } from '../../lib/hyperparameter-input';
import {
  combinationsOf,
  dialInputOf,
  dialProblemOf,
  draftFor,
  MINUTES_MAX,
  MOST_DIALS,
  numberProblem,
  SETTINGS_MAX,
  SETTINGS_MIN,
  sweepable,
  sweepWords,
  type DialDraft,
} from '../../lib/sweep-input';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Section } from '../elements/section';
import type { LaunchedArchitecture } from '../runs/architecture-choice';
import { HyperparameterField } from '../runs/hyperparameter-field';
import { LaunchProposalDocument } from '../runs/launch-documents';
import { useOverview } from '../shell/overview';
import { StartSweepDocument } from './sweep-documents';
import { SweptDialFields } from './swept-dial-fields';
import { SweepNumbers, type SweepNumberTexts } from './sweep-numbers';

/** Where nothing else is said: the settings are ranked by images that they do not learn from. */
const HELD_OUT = 0.1;
/** What a sweep most often turns, where an architecture has it. */
const FIRST_DIALS = ['learningRate', 'components'];

/** The dials that differ, how many settings and for how long, and what all have in common. */
export function SweepForm({
  architecture,
  dataset,
}: {
  architecture: LaunchedArchitecture;
  dataset: { id: string; title: string };
}) {
  const router = useRouter();
  const { refresh } = useOverview();
  const specs = sweepable(architecture.hyperparameters);
  const first = specs.find(({ name }) => FIRST_DIALS.includes(name)) ?? specs[0];
  const [drafts, setDrafts] = useState<readonly DialDraft[]>(first ? [draftFor(first)] : []);
  const [numbers, setNumbers] = useState<SweepNumberTexts>({
    ...{ settings: '8', minutes: '30', seed: '1' },
  });
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [{ fetching, error }, start] = useMutation(StartSweepDocument);
  const [{ data: known }] = useQuery({
    query: LaunchProposalDocument,
    variables: { datasetId: dataset.id, architecture: architecture.name },
  });

  const proposed = new Map<string, number>(
    known?.dataset.trainingProposal.hyperparameters.map(({ name, value }) => [name, value]),
  ).set('validationShare', HELD_OUT);
  const swept = new Set(drafts.map(({ name }) => name));
  const free = specs.filter(({ name }) => !swept.has(name));
  const dials = drafts.flatMap((draft) => {
    const spec = specs.find(({ name }) => name === draft.name);
    return spec ? [{ draft, spec, problem: dialProblemOf(spec, draft) }] : [];
  });
  const common = architecture.hyperparameters
    .filter(({ name }) => !swept.has(name))
    .map((spec) => {
      const usual = proposed.get(spec.name) ?? spec.default;
      const text = texts[spec.name];
      return {
        ...{ spec, text: text ?? String(usual) },
        problem: text === undefined ? null : problemOf(spec, text),
      };
    });
  const whole = { min: SETTINGS_MIN, max: SETTINGS_MAX, whole: true };
  const problems = {
    settings: numberProblem('Settings', numbers.settings, whole),
    minutes: numberProblem('Minutes', numbers.minutes, {
      min: 0.1,
      max: MINUTES_MAX,
      whole: false,
    }),
    seed: numberProblem('Seed', numbers.seed, { min: 0, max: 2_147_483_647, whole: true }),
  };
  const wrong = [
    ...dials.filter(({ problem }) => problem !== null).map(({ spec }) => spec.title),
    ...Object.values(problems).flatMap((problem) => problem?.split(' ')[0] ?? []),
    ...common.filter(({ problem }) => problem !== null).map(({ spec }) => spec.title),
  ];
  const combinations = combinationsOf(specs, drafts);
  const words = sweepWords(combinations, Number(numbers.settings));
  const isOne = combinations !== null && combinations < SETTINGS_MIN;

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (wrong.length > 0 || isOne) {
      event.currentTarget.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    const { data } = await start({
      input: {
        ...{ datasetId: dataset.id, architecture: architecture.name },
        dials: drafts.map(dialInputOf),
        // What is not typed is left to what the server proposes from the pictures.
        hyperparameters: common
          .filter(({ spec }) => texts[spec.name] !== undefined)
          .map(({ spec, text }) => ({ name: spec.name, value: Number(text) })),
        settingCount: Number(numbers.settings),
        budgetMinutes: Number(numbers.minutes),
        seed: Number(numbers.seed),
      },
    });
    refresh();
    if (data) router.push(`/sweeps/${data.startSweep.id}`);
  };
  return (
    <form
      noValidate
      aria-label="New sweep"
      onSubmit={(event) => void submit(event)}
      className="flex flex-col gap-5"
    >
      <Section
        title="Dials that differ"
        actions={
          <Button
            disabled={free.length === 0 || drafts.length >= MOST_DIALS}
            onClick={() => {
              const [next] = free;
              if (next) setDrafts([...drafts, draftFor(next)]);
            }}
          >
            Add a dial
          </Button>
        }
      >
        <div className="flex flex-col gap-5">
          {dials.map(({ draft, spec, problem }, at) => (
            <SweptDialFields
              key={draft.name}
              place={at + 1}
              draft={draft}
              spec={spec}
              free={free}
              problem={problem}
              onChange={(changed) => setDrafts(drafts.with(at, changed))}
              onRemove={drafts.length > 1 ? () => setDrafts(drafts.toSpliced(at, 1)) : null}
            />
          ))}
        </div>
      </Section>
      <SweepNumbers
        texts={numbers}
        problems={problems}
        onChange={(changes) => setNumbers({ ...numbers, ...changes })}
      />
      <Section title="What all settings have in common">
        <details className="text-sm">
          <summary className="w-fit text-muted">
            {common.length} dials as they are proposed; change them
          </summary>
          <div className="mt-4 grid gap-x-8 gap-y-5 sm:grid-cols-2">
            {common.map(({ spec, text, problem }) => (
              <HyperparameterField
                key={spec.name}
                spec={spec}
                text={text}
                problem={problem}
                proposed={null}
                onChange={(typed) => setTexts({ ...texts, [spec.name]: typed })}
              />
            ))}
          </div>
        </details>
      </Section>
      {error && <ErrorNote error={error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={fetching}>
          {fetching ? 'Starting …' : 'Start the sweep'}
        </Button>
        <p className="text-sm text-muted" role="status">
          {wrong.length > 0 ? `To be corrected: ${wrong.join(', ')}.` : words}
        </p>
      </div>
    </form>
  );
}
