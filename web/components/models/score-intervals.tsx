import { formatInterval, scoreRange, scoreRows } from '../../lib/estimate';
import { formatScore } from '../../lib/format';
import { SCORE_WORDS } from '../../lib/score-words';
import { DotAndWhisker, OTHER_SIGNS, WhiskerAxis } from '../charts/dot-and-whisker';
import type { EvaluationDetails } from './evaluation';

const ROW = 'grid grid-cols-2 items-start gap-x-4 gap-y-1 sm:grid-cols-[11rem_minmax(0,1fr)_14rem]';
/** As high as a line of the picture beside it. */
const LINE = 'flex h-5.5 items-center justify-end gap-1.5 whitespace-nowrap';
const PICTURE = 'col-span-2 px-2 sm:order-2 sm:col-span-1';

/** Every score as a dot with its interval, beside the baselines where there are any. */
export function ScoreIntervals({ details }: { details: EvaluationDetails }) {
  const rows = scoreRows(details);
  if (rows.length === 0) return null;
  const range = scoreRange(rows);
  const { baselines } = details;
  return (
    <div className="mt-6">
      <h3 className="text-sm font-semibold">Scores with their intervals</h3>
      <p className="mt-0.5 max-w-2xl text-sm text-muted">
        {details.scores && 'Neighbours are those of exact search. '}A line is the 95 % interval:
        where the score would lie with other pictures of the same kind (bootstrap, queries drawn
        anew 999 times).
        {baselines.length > 0 &&
          ` ● is this model; ${baselines
            .map(({ name }, place) => `${OTHER_SIGNS[place % OTHER_SIGNS.length]} ${name}`)
            .join(', ')}.`}
      </p>
      <ul aria-label="Scores with their intervals" className="mt-3 flex flex-col gap-3">
        {rows.map(({ name, estimate, baselines: others }) => (
          <li key={name} className={ROW}>
            <p className="text-sm font-medium sm:order-1">
              {name}
              <span className="hidden text-xs font-normal text-muted sm:block">
                {SCORE_WORDS[name]}
              </span>
            </p>
            <div className="text-right text-sm sm:order-3">
              <p className={LINE}>
                <span className="font-semibold">{formatScore(estimate.value)}</span>
                <span className="text-xs text-muted">{formatInterval(estimate)}</span>
              </p>
              {others.map((other) => (
                <p key={other.name} className={`${LINE} text-xs text-muted`}>
                  <span className="min-w-0 truncate" title={other.name}>
                    {other.name}
                  </span>
                  <span>{formatScore(other.estimate.value)}</span>
                  <span className="hidden sm:inline">{formatInterval(other.estimate)}</span>
                </p>
              ))}
            </div>
            <div className={PICTURE}>
              <DotAndWhisker
                estimate={estimate}
                others={others.map((other) => other.estimate)}
                range={range}
              />
            </div>
          </li>
        ))}
        <li aria-hidden className={ROW}>
          <span className="hidden sm:order-1 sm:block" />
          <span className="hidden sm:order-3 sm:block" />
          <div className={PICTURE}>
            <WhiskerAxis range={range} />
          </div>
        </li>
      </ul>
    </div>
  );
}
