'use client';

import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { useMutation } from 'urql';
import type { LaunchArchitecturesQuery } from '../../gql/graphql';
import { apiErrorOf, hasCode } from '../../lib/api-error';
import { formatNumberOf } from '../../lib/format';
import { problemOf, serverProblemOf } from '../../lib/hyperparameter-input';
import { choiceOf, inputOf, inputProblemsOf, type InputChoice } from '../../lib/input-choice';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Section } from '../elements/section';
import { useOverview } from '../shell/overview';
import { AugmentationPreview, isAugmented } from './augmentation-preview';
import { HyperparameterField } from './hyperparameter-field';
import { InputFields } from './input-fields';
import { StartTrainingDocument, type Proposal, type SampleImage } from './launch-documents';
import { TrainingWarnings } from './training-warnings';

/** What the network is fed and the dials of an architecture, as they are proposed. */
export function LaunchForm({
  architecture,
  dataset,
  proposal,
  sample,
}: {
  architecture: LaunchArchitecturesQuery['architectures'][number];
  dataset: { id: string; title: string };
  /** Null where none could be had: then the server proposes when the run starts. */
  proposal: Proposal | null;
  sample: readonly SampleImage[];
}) {
  const router = useRouter();
  const { refresh, runningRun } = useOverview();
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [changes, setChanges] = useState<Partial<InputChoice>>({});
  const [{ fetching, error }, start] = useMutation(StartTrainingDocument);

  const proposed = new Map(proposal?.hyperparameters.map(({ name, value }) => [name, value]));
  const dials = architecture.hyperparameters.map((spec) => {
    const value = proposed.get(spec.name) ?? spec.default;
    const text = texts[spec.name] ?? String(value);
    return {
      spec,
      text,
      proposed: value === spec.default ? null : value,
      problem: problemOf(spec, text),
    };
  });
  const input = proposal && { ...choiceOf(proposal.input), ...changes };
  const inputProblems = input ? inputProblemsOf(input) : {};
  const wrong = [
    ...Object.keys(inputProblems).map((name) => ({ name, title: titleOf(name) })),
    ...dials.filter(({ problem }) => problem !== null).map(({ spec }) => spec),
  ];
  const refused =
    hasCode(error, 'HYPERPARAMETER_INVALID') && error ? apiErrorOf(error).message : '';
  const placed = dials.some(({ spec }) => serverProblemOf(spec, refused) !== null);
  const untouched = Object.keys(texts).length === 0 && Object.keys(changes).length === 0;

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const first = wrong[0];
    if (first) {
      event.currentTarget.querySelector<HTMLInputElement>(`[name="${first.name}"]`)?.focus();
      return;
    }
    const { data } = await start({
      input: {
        datasetId: dataset.id,
        architecture: architecture.name,
        hyperparameters: hyperparametersOf(dials),
        ...(input && { input: inputOf(input) }),
      },
    });
    refresh();
    if (data) router.push(`/runs/${data.startTraining.id}`);
  };
  return (
    <form
      noValidate
      aria-label="New training run"
      onSubmit={(event) => void submit(event)}
      className="flex flex-col gap-5"
    >
      {input && (
        <InputFields
          choice={input}
          problems={inputProblems}
          sample={sample}
          onChange={(change) => setChanges({ ...changes, ...change })}
        />
      )}
      <Section
        title="Hyper-parameters"
        actions={
          <Button
            look="quiet"
            disabled={untouched}
            onClick={() => {
              setTexts({});
              setChanges({});
            }}
          >
            {proposal ? 'Back to the proposal' : 'Back to the defaults'}
          </Button>
        }
      >
        <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
          {dials.map(({ spec, text, problem, proposed: fromPictures }) => (
            <HyperparameterField
              key={spec.name}
              spec={spec}
              text={text}
              problem={problem ?? serverProblemOf(spec, refused)}
              proposed={fromPictures}
              onChange={(typed) => setTexts({ ...texts, [spec.name]: typed })}
            />
          ))}
        </div>
      </Section>
      {isAugmented(architecture) && (
        <AugmentationPreview
          datasetId={dataset.id}
          architecture={architecture.name}
          // What is wrong is told at its dial: until then the last pictures stay.
          dials={wrong.length > 0 ? null : hyperparametersOf(dials)}
          input={input && inputOf(input)}
        />
      )}
      {proposal && <TrainingWarnings warnings={proposal.warnings} />}
      {error && !placed && <ErrorNote error={error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={fetching}>
          {fetching ? 'Starting …' : 'Start training'}
        </Button>
        <p className="text-sm text-muted" role="status">
          {wrong.length > 0
            ? `To be corrected: ${wrong.map(({ title }) => title).join(', ')}.`
            : `Trains on the ${proposal ? formatNumberOf(proposal.imageCount, 'TRAIN image') : 'TRAIN images'} of ${dataset.title}${runningRun ? `, behind run ${runningRun.id} of ${runningRun.dataset.title}` : ''}.`}
        </p>
      </div>
    </form>
  );
}

/** Those that differ from the defaults. */
function hyperparametersOf(
  dials: readonly { readonly spec: { name: string; default: number }; readonly text: string }[],
) {
  return dials
    .map(({ spec, text }) => ({ name: spec.name, value: Number(text), spec }))
    .filter(({ value, spec }) => value !== spec.default)
    .map(({ name, value }) => ({ name, value }));
}

/** `Width` */
function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
