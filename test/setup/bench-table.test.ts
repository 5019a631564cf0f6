import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../server/setup/repository.mjs';
import { BENCHMARKS } from '../bench/benchmarks.js';
import { formatted, RESULTS_FILE, withTable } from '../bench/harness/readme-table.js';
import { measured, merged, type BenchmarkResult, type Results } from '../bench/harness/results.js';
import { tableOf } from '../bench/harness/table.js';

const result = (name: string, changes: Partial<BenchmarkResult> = {}): BenchmarkResult => ({
  name,
  title: `Measures ${name}`,
  date: '2026-01-31',
  commit: 'abc1234',
  machine: { cpu: 'a processor', cores: 2, memoryGiB: 8, system: 'Linux 6' },
  versions: { node: '20.19.0', python: '3.11.7' },
  loadBefore: 0,
  seconds: 10,
  rows: [
    measured({
      what: 'a step',
      unit: 'ms',
      ours: [20, 25, 30],
      other: { name: 'Python', values: [50, 50, 50] },
      target: { of: 'ratio', atMost: 0.5 },
      remark: 'The losses agree.',
    }),
  ],
  ...changes,
});

const notRun = measured({
  what: 'a step',
  unit: 'ms',
  ours: [12_345],
  other: { name: 'Python', notRun: 'there is no python3 on PATH' },
  target: { of: 'ratio', atMost: 0.5 },
});

describe('the table', () => {
  it('has medians, what they lie between, the ratio, the target and the verdict', () => {
    expect(tableOf({ benchmarks: [result('step')] })).toContain(
      '| `step` | a step [1] | 25 ms (20–30) | Python: 50 ms (50–50) | 0.5 | ≤ 0.5 | yes |',
    );
  });

  it('says why a side was not run', () => {
    expect(tableOf({ benchmarks: [result('step', { rows: [notRun] })] })).toContain(
      '| `step` | a step | 12,345 ms | Python: not run (there is no python3 on PATH) |  | ≤ 0.5 | not run |',
    );
  });

  it('tells machine and versions once, or by benchmark where they differ', () => {
    const same = tableOf({ benchmarks: [result('a'), result('b')] });
    expect(same.match(/a processor/g)).toHaveLength(1);
    expect(same).toContain('node 20.19.0, python 3.11.7');
    const mixed = tableOf({ benchmarks: [result('a'), result('b', { commit: 'def5678' })] });
    expect(mixed).toContain('- `a`: measured on 2026-01-31 at abc1234, on a processor');
    expect(mixed).toContain('- `b`: measured on 2026-01-31 at def5678, on a processor');
  });

  it('gives equal remarks one number', () => {
    const table = tableOf({ benchmarks: [result('a'), result('b')] });
    expect(table.match(/a step \[1\]/g)).toHaveLength(2);
    expect(table.match(/The losses agree/g)).toHaveLength(1);
  });
});

describe('results', () => {
  const older: Results = { benchmarks: [result('a'), result('b'), result('gone')] };

  it('replace those of the same benchmark and leave the others, in the order of the benchmarks', () => {
    const newer = [result('c'), result('a', { commit: 'newer' })];
    const { benchmarks } = merged(older, newer, ['c', 'b', 'a', 'd']);
    expect(benchmarks.map(({ name, commit }) => `${name} ${commit}`)).toEqual([
      'c abc1234',
      'b abc1234',
      'a newer',
    ]);
  });

  it('carry the ratio and the verdict, for programs', () => {
    expect(result('a').rows[0]).toMatchObject({ ratio: 0.5, met: true });
    expect(notRun).toMatchObject({ ratio: null, met: null });
  });
});

describe('README.md', () => {
  const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
  const committed = JSON.parse(read(RESULTS_FILE)) as Results;

  it('has exactly the table that the committed results give', async () => {
    const readme = read('README.md');
    expect(await formatted(withTable(readme, committed), 'README.md')).toBe(readme);
    const other = { benchmarks: [result('another')] };
    expect(await formatted(withTable(readme, other), 'README.md')).not.toBe(readme);
  });

  it('has results of benchmarks that there are, and verdicts that follow from their numbers', () => {
    for (const { name, rows } of committed.benchmarks) {
      expect(Object.keys(BENCHMARKS)).toContain(name);
      for (const row of rows) expect(measured(row)).toEqual(row);
    }
  });

  it('must have the marks between which the table goes', () => {
    expect(() => withTable('# A text without them', committed)).toThrow('There is no');
  });
});
