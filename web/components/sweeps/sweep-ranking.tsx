import Link from 'next/link';
import { formatInterval } from '../../lib/estimate';
import { formatHyperparameter, formatScore, formatSeconds } from '../../lib/format';
import { PHASE_WORDS } from '../../lib/run-words';
import { stopWords } from '../../lib/sweep-words';
import { earlyStopWords, MEASURE_NAMES, validationWords } from '../../lib/validation-words';
import { Badge } from '../elements/badge';
import { Section } from '../elements/section';
import { StatusBadge } from '../runs/status-badge';
import type { DialTitles, ShownSweep, SweepSetting } from './sweep-documents';

const CELL = 'px-3 py-2 align-top';

/** The settings, the best first. */
export function SweepRanking({ sweep, titles }: { sweep: ShownSweep; titles: DialTitles }) {
  const score = sweep.settings.find((setting) => setting.score)?.score;
  const names = sweep.dials.map(({ name }) => name);
  const measure = score ? MEASURE_NAMES[score.measure] : 'Score';
  return (
    <Section
      title="Ranking"
      hint={
        <>
          {score && `${measure}: ${validationWords(score)} `}
          The scores on the TEST split are told beside it; nothing is chosen by them.
        </>
      }
    >
      <div role="region" aria-label="Ranking" tabIndex={0} className="overflow-x-auto">
        <table className="w-full text-sm">
          <caption className="sr-only">The settings of the sweep, the best first</caption>
          <thead>
            <tr className="border-b border-line text-left whitespace-nowrap">
              {['Rank', 'Run', ...names.map((name) => titles.get(name) ?? name)].map((title) => (
                <th key={title} scope="col" className="px-3 py-1.5 font-medium">
                  {title}
                </th>
              ))}
              {[measure, 'On TEST', 'Epochs', 'Time', 'State'].map((title, place) => (
                <th key={place} scope="col" className="px-3 py-1.5 font-medium">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sweep.settings.map((setting) => (
              <SettingRow key={setting.run.id} setting={setting} names={names} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function SettingRow({ setting, names }: { setting: SweepSetting; names: readonly string[] }) {
  const { rank, run, estimate } = setting;
  const values = new Map(run.hyperparameters.map(({ name, value }) => [name, value]));
  const details = run.model?.evaluation.details;
  const test = details?.scores?.precisionAt10 ?? details?.ownCopies;
  return (
    <tr data-testid="sweep-setting" className="border-b border-line last:border-0">
      <td className={`${CELL} font-semibold`}>{rank ?? '–'}</td>
      <th scope="row" className={`${CELL} text-left font-normal whitespace-nowrap`}>
        <Link className="link" href={`/runs/${run.id}`}>
          Run {run.id}
        </Link>
      </th>
      {names.map((name) => (
        <td key={name} className={CELL}>
          {formatHyperparameter(name, values.get(name) ?? Number.NaN)}
        </td>
      ))}
      {[estimate, test].map((shown, place) => (
        <td key={place} className={`${CELL} whitespace-nowrap`}>
          {shown ? (
            <>
              <span className={place === 0 ? 'font-semibold' : ''}>{formatScore(shown.value)}</span>
              <span className="block text-xs text-muted">{formatInterval(shown)}</span>
            </>
          ) : (
            '–'
          )}
        </td>
      ))}
      <td className={`${CELL} whitespace-nowrap`}>
        {run.epochsDone} of {run.epochCount}
      </td>
      <td className={`${CELL} whitespace-nowrap`}>{formatSeconds(run.workedSeconds)}</td>
      <td className={CELL}>
        <span className="flex flex-wrap items-center gap-1.5">
          <StatusBadge status={run.status} />
          {run.model?.active && <Badge tone="accent">active</Badge>}
        </span>
        <span className="block text-xs text-muted">{stateWords(run)}</span>
      </td>
    </tr>
  );
}

/** Why it has stopped, or what it is busy with. */
function stateWords(run: SweepSetting['run']): string | null {
  if (run.status === 'RUNNING' && run.phase) return PHASE_WORDS[run.phase];
  return stopWords(run) ?? run.failure?.code ?? earlyStopWords(run);
}
