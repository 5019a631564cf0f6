import { formatCount, formatScore } from '../../lib/format';
import { SCORE_WORDS } from '../../lib/score-words';
import { Section } from '../elements/section';
import type { ShownModel } from './model-page';

/** How good the model is, each number with what it means. */
export function EvaluationNumbers({ model }: { model: ShownModel }) {
  const { evaluation } = model;
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
      meaning: 'How badly it redraws the TEST images, in nats per pixel; lower is better.',
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
    </Section>
  );
}
