import type { Other, Row, Target } from './benchmark.js';
import type { BenchmarkResult, MeasuredRow, Results } from './results.js';
import { median } from './statistics.js';

const HEADINGS = ['benchmark', 'what', 'ours', 'beside it', 'ratio', 'target', 'met'] as const;
const ALIGNED_RIGHT = new Set<string>(['ratio']);

/** The results in Markdown: the table, what must be known of its lines, and where it was measured. */
export function tableOf({ benchmarks }: Results): string {
  if (benchmarks.length === 0) return 'Nothing has been measured yet.\n';
  const remarks: string[] = [];
  const lines = benchmarks.flatMap(({ name, rows }) =>
    rows.map((row, place) => {
      const mark = row.remark === undefined ? '' : markOf(remarks, row.remark);
      return lineOf([place === 0 ? `\`${name}\`` : '', row.what + mark, ...figuresOf(row)]);
    }),
  );
  const rule = HEADINGS.map((heading) => (ALIGNED_RIGHT.has(heading) ? '---:' : '---'));
  return [
    ...[lineOf(HEADINGS), lineOf(rule), ...lines, ''],
    ...remarks.flatMap((remark, place) => [`${place + 1}. ${remark}`]),
    ...(remarks.length > 0 ? [''] : []),
    ...measuredOn(benchmarks),
    '',
  ].join('\n');
}

function figuresOf(row: MeasuredRow): string[] {
  return [
    figure(row.ours, row.unit),
    row.other ? otherText(row.other, row.unit) : '',
    row.ratio === null ? '' : numberText(row.ratio),
    row.target ? targetText(row.target, row.unit) : '',
    verdictText(row),
  ];
}

function otherText(other: Other, unit: string): string {
  if ('notRun' in other) return `${other.name}: not run (${other.notRun})`;
  return `${other.name}: ${figure(other.values, unit)}`;
}

/** The median, and what the runs lie between. */
function figure(values: readonly number[], unit: string): string {
  if (values.length === 0) return 'not run';
  const middle = `${numberText(median(values))} ${unit}`;
  if (values.length === 1) return middle;
  return `${middle} (${numberText(Math.min(...values))}–${numberText(Math.max(...values))})`;
}

function targetText({ of, atMost, atLeast }: Target, unit: string): string {
  const ending = of === 'ours' ? ` ${unit}` : '';
  return [
    ...(atMost === undefined ? [] : [`≤ ${numberText(atMost)}${ending}`]),
    ...(atLeast === undefined ? [] : [`≥ ${numberText(atLeast)}${ending}`]),
  ].join(', ');
}

function verdictText({ target, met }: Pick<MeasuredRow, 'met'> & Pick<Row, 'target'>): string {
  if (!target) return '';
  if (met === null) return 'not run';
  return met ? 'yes' : '**no**';
}

/** Equal remarks have one number. */
function markOf(remarks: string[], remark: string): string {
  if (!remarks.includes(remark)) remarks.push(remark);
  return ` [${remarks.indexOf(remark) + 1}]`;
}

/** One sentence for all that was measured under the same circumstances. */
function measuredOn(benchmarks: readonly BenchmarkResult[]): string[] {
  const groups = new Map<string, string[]>();
  for (const result of benchmarks) {
    const text = circumstancesText(result);
    groups.set(text, [...(groups.get(text) ?? []), `\`${result.name}\``]);
  }
  if (groups.size === 1) return [...groups.keys()].map((text) => `Measured ${text}.`);
  return [...groups].map(([text, names]) => `- ${names.join(', ')}: measured ${text}.`);
}

function circumstancesText({ date, commit, machine, versions }: BenchmarkResult): string {
  const { cpu, cores, memoryGiB, system } = machine;
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return (
    `on ${date} at ${commit}, on ${cpu} with ${cores} cores and ${memoryGiB} GiB, ${system}, ` +
    `with ${programs.join(', ')}`
  );
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Three digits, more before the point when there are more: 0.0123, 1.23, 123, 12,345. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-GB');
  return String(Number(value.toPrecision(3)));
}
