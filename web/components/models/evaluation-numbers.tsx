import Link from 'next/link';
import { formatCount, formatFixed, formatNumberOf, formatScore } from '../../lib/format';
import { fewQueriesWords, SCORE_WORDS } from '../../lib/score-words';
import { Section } from '../elements/section';
import type { EvaluationDetails } from './evaluation';
import type { ShownModel } from './model-page';
import { ScoreIntervals } from './score-intervals';

/** How good the model is, each number with what it means. */
export function EvaluationNumbers({ model }: { model: ShownModel }) {
  const { evaluation } = model;
  const { details } = evaluation;
  const few = fewQueriesWords(evaluation.queryCount);
  const queries = formatCount(evaluation.queryCount);
  const numbers = [
    {
      name: 'P@10, by the index',
      value: evaluation.precisionAt10Index,
      meaning: `${SCORE_WORDS['P@10']}; mean over ${queries} TEST images.`,
    },
    {
      name: 'P@10, exact',
      value: evaluation.precisionAt10Exact,
      meaning: 'The same with every embedding compared: the best that any index could do.',
    },
    {
      name: 'Recall@10',
      value: evaluation.recallAt10,
      meaning: `${SCORE_WORDS['Recall@10']}; mean over ${formatCount(evaluation.recallQueryCount)} queries.`,
    },
    {
      name: 'Test loss',
      value: evaluation.testLoss,
      meaning: 'What training made small, over the TEST images; lower is better.',
    },
  ];
  return (
    <Section title="Evaluation" hint="Measured on the TEST split, which training never saw.">
      <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-4">
        {numbers.map(({ name, value, meaning }) => (
          <div key={name}>
            <dt className="text-sm text-muted">{name}</dt>
            <dd className="text-2xl font-semibold tracking-tight">{formatScore(value)}</dd>
            <dd className="mt-1 text-xs text-muted">
              {value === null ? 'Not measured. ' : ''}
              {meaning}
            </dd>
          </div>
        ))}
      </dl>
      {few && (
        <p className="mt-4 max-w-2xl text-sm text-warning">
          {few} Label more pictures, set the split of some to TEST, and train again.
        </p>
      )}
      <WhatIsMissing model={model} />
      {details && <ScoreIntervals details={details} />}
      {details && <WithoutLabels details={details} />}
    </Section>
  );
}

/** Why there are no more numbers, where there are none. */
function WhatIsMissing({ model: { evaluation, dataset } }: { model: ShownModel }) {
  const { details, testLoss } = evaluation;
  if (testLoss === null)
    return (
      <p className="mt-4 max-w-2xl text-sm text-muted">
        Nothing was held out: the dataset had no TEST images when its run ended, so there was
        nothing to measure on.{' '}
        <Link className="link" href={`/dataset?dataset=${dataset.id}`}>
          Set the split of some pictures
        </Link>{' '}
        to TEST and train again.
      </p>
    );
  if (!details)
    return (
      <p className="mt-4 max-w-2xl text-sm text-muted">
        This model was measured before there were intervals, scores by label and worst queries.{' '}
        <Link className="link" href={`/runs/new?dataset=${dataset.id}`}>
          Train a new model
        </Link>{' '}
        to have them.
      </p>
    );
  if (!details.scores)
    return (
      <p className="mt-4 max-w-2xl text-sm text-muted">
        No TEST image bears a label, so whether neighbours are right cannot be told. What needs no
        label was measured.
      </p>
    );
  return null;
}

/** What is told in words, as it has another scale than the scores. */
function WithoutLabels({ details }: { details: EvaluationDetails }) {
  const { reconstructionError, ownCopies, ownCopyCount } = details;
  const copies = ownCopies
    ? `Own copies: one of each of ${formatNumberOf(ownCopyCount, 'TEST image')}, searched among all TEST images. `
    : '';
  const error = reconstructionError
    ? `Reconstruction error: ${formatFixed(reconstructionError.value, 4)} (${formatFixed(reconstructionError.low, 4)} to ${formatFixed(reconstructionError.high, 4)}), the mean squared error of the redrawn TEST pictures.`
    : '';
  if (copies + error === '') return null;
  return (
    <p className="mt-3 max-w-2xl text-xs text-muted">
      {copies}
      {error}
    </p>
  );
}
