import { formatHyperparameter } from '../../lib/format';
import { FIT_WORDS, inputWords, SCALING_WORDS } from '../../lib/input-choice';
import { settingRows, type SettingRow } from '../../lib/run-comparison';
import { Section } from '../elements/section';
import type { ComparedArchitecture, ComparedRun } from './comparison-document';
import { ComparisonTable } from './comparison-table';

/** What was chosen differently; what was chosen alike can be unfolded. */
export function RunSettings({
  runs,
  architectures,
}: {
  runs: readonly ComparedRun[];
  architectures: readonly ComparedArchitecture[];
}) {
  const { differing, alike } = settingRows(
    runs.map((run) => ({ settings: settingsOf(run, architectures) })),
  );
  return (
    <Section title="Settings that differ">
      {differing.length > 0 ? (
        <SettingTable caption="Settings that differ" runs={runs} rows={differing} />
      ) : (
        <p className="text-sm text-muted">These runs were started alike in every setting.</p>
      )}
      {alike.length > 0 && (
        <details className="mt-4 text-sm">
          <summary className="w-fit text-muted">{alike.length} settings alike</summary>
          <div className="mt-3">
            <SettingTable caption="Settings alike" runs={runs} rows={alike} />
          </div>
        </details>
      )}
    </Section>
  );
}

function SettingTable({
  caption,
  runs,
  rows,
}: {
  caption: string;
  runs: readonly ComparedRun[];
  rows: readonly SettingRow[];
}) {
  return (
    <ComparisonTable
      caption={caption}
      runs={runs}
      rows={rows.map(({ name, values }) => ({ name, cells: values.map((value) => value ?? '–') }))}
    />
  );
}

function settingsOf(
  { architecture, hyperparameters, input, dataset }: ComparedRun,
  architectures: readonly ComparedArchitecture[],
): (readonly [string, string])[] {
  const specs = architectures.find(({ name }) => name === architecture)?.hyperparameters ?? [];
  const titles = new Map(specs.map(({ name, title }) => [name, title]));
  return [
    ['Dataset', dataset.title],
    ['Architecture', architecture],
    ...hyperparameters.map(
      ({ name, value }) => [titles.get(name) ?? name, formatHyperparameter(name, value)] as const,
    ),
    ...(input
      ? [
          ['Input size', inputWords(input)] as const,
          ['Fit', FIT_WORDS[input.fit]] as const,
          ['Background', input.background] as const,
          ['Pixel values', SCALING_WORDS[input.scaling]] as const,
        ]
      : []),
  ];
}
