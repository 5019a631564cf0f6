import Link from 'next/link';
import { mistakeWords } from '../../lib/confusion';
import { formatInterval } from '../../lib/estimate';
import { formatCount, formatNumberOf, formatScore } from '../../lib/format';
import { addressWith } from '../../lib/url-state';
import { DotAndWhisker, WhiskerAxis } from '../charts/dot-and-whisker';
import { Section } from '../elements/section';
import type { EvaluationDetails } from './evaluation';

const RANGE = [0, 1] as const;
const MISTAKES_SHOWN = 3;
/** So many rows are seen without scrolling. */
const ROWS_WITHOUT_SCROLLING = 12;
const ROW =
  'grid grid-cols-2 items-center gap-x-4 gap-y-1 sm:grid-cols-[9rem_minmax(0,1fr)_9rem] lg:grid-cols-[9rem_minmax(0,1fr)_9rem_18rem]';
const PICTURE = 'col-span-2 px-2 sm:order-2 sm:col-span-1';

/** How each label is found, the worst first, and what it is mistaken for. */
export function LabelScores({
  details,
  datasetId,
}: {
  details: EvaluationDetails;
  datasetId: string;
}) {
  const { labels, labelCount } = details;
  if (labels.length === 0) return null;
  const worstFirst = [...labels].sort((a, b) => a.precisionAt10.value - b.precisionAt10.value);
  const scrolls = labels.length > ROWS_WITHOUT_SCROLLING;
  const partly =
    labels.length < labelCount
      ? ` Of ${formatCount(labelCount)} labels the ${formatCount(labels.length)} with the most queries are told.`
      : '';
  return (
    <Section
      title="By label"
      hint={`P@10 of the TEST images with each label, with its 95 % interval, the worst first; and the labels that their neighbours bear instead.${partly}`}
    >
      <div
        {...(scrolls && { tabIndex: 0, role: 'region', 'aria-label': 'Scores by label' })}
        className={scrolls ? 'max-h-[32rem] overflow-y-auto pr-2' : ''}
      >
        <ul aria-label="Labels, the worst first" className="flex flex-col gap-3 text-sm">
          {worstFirst.map(({ label, queryCount, precisionAt10, mistakenFor }) => (
            <li key={label} data-testid="label-score" className={ROW}>
              <div className="min-w-0 sm:order-1">
                <Link
                  prefetch={false}
                  className="link block truncate font-medium"
                  title={label}
                  href={addressWith('/dataset', '', { dataset: datasetId, label, split: 'TEST' })}
                >
                  {label}
                </Link>
                <span className="text-xs text-muted">
                  {formatNumberOf(queryCount, 'query', 'queries')}
                </span>
              </div>
              <p className="text-right sm:order-3">
                <span className="font-semibold">{formatScore(precisionAt10.value)}</span>{' '}
                <span className="text-xs text-muted">{formatInterval(precisionAt10)}</span>
              </p>
              <div className={PICTURE}>
                <DotAndWhisker estimate={precisionAt10} range={RANGE} />
              </div>
              <p className="col-span-2 text-xs text-muted sm:order-4 sm:col-span-3 lg:col-span-1">
                {mistakenFor.length === 0
                  ? 'Mistaken for nothing else'
                  : `Mistaken for ${mistakeWords(mistakenFor, MISTAKES_SHOWN)}`}
              </p>
            </li>
          ))}
          <li aria-hidden className={ROW}>
            <span className="hidden sm:order-1 sm:block" />
            <span className="hidden sm:order-3 sm:block" />
            <div className={PICTURE}>
              <WhiskerAxis range={RANGE} />
            </div>
          </li>
        </ul>
      </div>
    </Section>
  );
}
