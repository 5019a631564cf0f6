'use client';

import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { useMutation } from 'urql';
import { graphql } from '../../gql';
import type { LaunchArchitecturesQuery } from '../../gql/graphql';
import { apiErrorOf, hasCode } from '../../lib/api-error';
import { problemOf, serverProblemOf } from '../../lib/hyperparameter-input';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Section } from '../elements/section';
import { useOverview } from '../shell/overview';
import { HyperparameterField } from './hyperparameter-field';

const StartTrainingDocument = graphql(`
  mutation StartTraining($input: StartTrainingInput!) {
    startTraining(input: $input) {
      id
    }
  }
`);

/** The dials of an architecture, as the API describes them. */
export function LaunchForm({
  architecture,
  dataset,
}: {
  architecture: LaunchArchitecturesQuery['architectures'][number];
  dataset: { id: string; title: string };
}) {
  const router = useRouter();
  const { refresh } = useOverview();
  const specs = architecture.hyperparameters;
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [{ fetching, error }, start] = useMutation(StartTrainingDocument);
  const textOf = (name: string, fallback: number) => texts[name] ?? String(fallback);
  const wrong = specs.filter((spec) => problemOf(spec, textOf(spec.name, spec.default)) !== null);
  const refused =
    hasCode(error, 'HYPERPARAMETER_INVALID') && error ? apiErrorOf(error).message : '';
  const placed = specs.some((spec) => serverProblemOf(spec, refused) !== null);

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const first = wrong[0];
    if (first) {
      event.currentTarget.querySelector<HTMLInputElement>(`[name="${first.name}"]`)?.focus();
      return;
    }
    const hyperparameters = specs
      .map((spec) => ({ name: spec.name, value: Number(textOf(spec.name, spec.default)), spec }))
      .filter(({ value, spec }) => value !== spec.default)
      .map(({ name, value }) => ({ name, value }));
    const input = { datasetId: dataset.id, architecture: architecture.name, hyperparameters };
    const { data } = await start({ input });
    refresh();
    if (data) router.push(`/runs/${data.startTraining.id}`);
  };
  return (
    <form noValidate aria-label="New training run" onSubmit={(event) => void submit(event)}>
      <Section
        title="Hyper-parameters"
        actions={
          <Button
            look="quiet"
            disabled={Object.keys(texts).length === 0}
            onClick={() => setTexts({})}
          >
            Back to the defaults
          </Button>
        }
      >
        <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
          {specs.map((spec) => {
            const text = textOf(spec.name, spec.default);
            return (
              <HyperparameterField
                key={spec.name}
                spec={spec}
                text={text}
                problem={problemOf(spec, text) ?? serverProblemOf(spec, refused)}
                onChange={(typed) => setTexts({ ...texts, [spec.name]: typed })}
              />
            );
          })}
        </div>
      </Section>
      {error && !placed && (
        <div className="mt-4">
          <ErrorNote error={error} />
        </div>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={fetching}>
          {fetching ? 'Starting …' : 'Start training'}
        </Button>
        <p className="text-sm text-muted" role="status">
          {wrong.length > 0
            ? `To be corrected: ${wrong.map(({ title }) => title).join(', ')}.`
            : `Trains on the TRAIN images of ${dataset.title}.`}
        </p>
      </div>
    </form>
  );
}
