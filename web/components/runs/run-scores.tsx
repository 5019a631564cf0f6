import { formatInterval, scoreRange, scoreRows } from '../../lib/estimate';
import { formatCount, formatScore } from '../../lib/format';
import { clearlyBest } from '../../lib/run-comparison';
import { SCORE_WORDS, type ScoreName } from '../../lib/score-words';
import { DotAndWhisker, WhiskerAxis } from '../charts/dot-and-whisker';
import { Badge } from '../elements/badge';
import { Section } from '../elements/section';
import type { ComparedRun } from './comparison-document';
import { RunName } from './run-name';

const NAMES = Object.keys(SCORE_WORDS) as ScoreName[];
const ROW =
  'grid grid-cols-[4.5rem_minmax(0,1fr)_6.5rem] items-center gap-x-3 sm:grid-cols-[6rem_minmax(0,1fr)_15rem]';

/** The scores of the models that the runs left, each with its interval; the best where it is clear. */
export function RunScores({ runs }: { runs: readonly ComparedRun[] }) {
  const scored = runs.map((run) => ({
    run,
    rows: run.model?.evaluation.details
      ? scoreRows({ ...run.model.evaluation.details, baselines: [] })
      : [],
  }));
  const range = scoreRange(scored.flatMap(({ rows }) => rows));
  const without = runs.filter(({ model }) => !model);
  const counts = new Set(runs.flatMap(({ model }) => model?.evaluation.queryCount ?? []));
  const names = NAMES.filter((name) =>
    scored.some(({ rows }) => rows.some((row) => row.name === name)),
  );
  return (
    <Section
      title="Scores"
      hint="Of the models, on the TEST split, each with its 95 % interval. The best is marked only where its interval lies above all others."
    >
      {counts.size > 1 && (
        <p className="mb-3 rounded-md border border-warning bg-warning-soft px-3 py-2 text-sm">
          They were measured on different numbers of queries (
          {[...counts].map(formatCount).join(', ')}): the TEST split has changed in between, and
          scores compare less well.
        </p>
      )}
      {names.length === 0 && (
        <p className="text-sm text-muted">None of these runs has left a model with scores yet.</p>
      )}
      <ul aria-label="Scores" className="flex flex-col gap-5">
        {names.map((name) => {
          const estimates = scored.map(
            ({ rows }) => rows.find((row) => row.name === name)?.estimate ?? null,
          );
          const best = clearlyBest(estimates);
          return (
            <li key={name}>
              <h3 className="text-sm font-medium">
                {name} <span className="text-xs font-normal text-muted">{SCORE_WORDS[name]}</span>
              </h3>
              <ul aria-label={name} className="mt-1">
                {scored.map(({ run }, place) => {
                  const estimate = estimates[place];
                  return (
                    estimate && (
                      <li key={run.id} data-testid="run-score" className={ROW}>
                        <span className="text-sm">
                          <RunName run={run} />
                        </span>
                        <DotAndWhisker estimate={estimate} range={range} />
                        <span className="flex items-baseline justify-end gap-1.5 text-sm">
                          {place === best && <Badge tone="accent">✓ best</Badge>}
                          <span className="font-semibold">{formatScore(estimate.value)}</span>
                          <span className="hidden text-xs text-muted sm:inline">
                            {formatInterval(estimate)}
                          </span>
                        </span>
                      </li>
                    )
                  );
                })}
              </ul>
            </li>
          );
        })}
        {names.length > 0 && (
          <li aria-hidden className={ROW}>
            <span />
            <WhiskerAxis range={range} />
            <span />
          </li>
        )}
      </ul>
      {without.length > 0 && names.length > 0 && (
        <p className="mt-3 text-sm text-muted">
          No model: {without.map(({ id }) => `run ${id}`).join(', ')}.
        </p>
      )}
    </Section>
  );
}
