/*
 * `npm run bench [-- NAME ...] [--write]`: runs all benchmarks but the long ones, or those named, one after
 * another in processes of their own, and prints their table. With --write it also goes into test/bench/results.json
 * and README.md; there, only the lines of what was run are replaced.
 */
import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BENCHMARKS, LONG } from './benchmarks.js';
import { commitHere } from './harness/circumstances.js';
import { Program } from './harness/program.js';
import { withTable, RESULTS_FILE, formatted } from './harness/readme-table.js';
import { measured, merged, type BenchmarkResult, type Circumstances } from './harness/results.js';
import type { Results } from './harness/results.js';
import type { Row } from './harness/benchmark.js';
import { tableOf } from './harness/table.js';

/** Of one benchmark; those that train are the longest. */
const PATIENCE_SECONDS = 120 * 60;

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const names = Object.keys(BENCHMARKS);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark "${unknown.join('", "')}". There are: ${names.join(', ')}.`);
  process.exit(2);
}

const { machine, versions } = await askOnce<Circumstances>('sides/circumstances.js', null);
const results: BenchmarkResult[] = [];
for (const name of positionals.length > 0
  ? positionals
  : names.filter((name) => !LONG.includes(name))) {
  const loadBefore = Math.round((os.loadavg()[0] ?? 0) * 10) / 10;
  const started = performance.now();
  console.error(`${name} …`);
  try {
    const { title, rows } = await askOnce<{ title: string; rows: Row[] }>('one.js', name, tell);
    const seconds = Math.round((performance.now() - started) / 1000);
    const date = new Date().toISOString().slice(0, 10);
    const result = {
      name,
      title,
      date,
      commit: commitHere(),
      machine,
      versions,
      loadBefore,
      seconds,
    };
    results.push({ ...result, rows: rows.map(measured) });
    console.error(`${name}: ${seconds} s`);
  } catch (thrown) {
    console.error(`${name} failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    process.exitCode = 1;
  }
}
console.log(await formatted(tableOf({ benchmarks: results }), 'results.md'));
if (values.write) await write(results);

async function write(newer: readonly BenchmarkResult[]): Promise<void> {
  const older = JSON.parse(await readFile(RESULTS_FILE, 'utf8')) as Results;
  const all = merged(older, newer, names);
  await writeFile(RESULTS_FILE, await formatted(JSON.stringify(all), RESULTS_FILE));
  const readme = await readFile('README.md', 'utf8');
  await writeFile('README.md', await formatted(withTable(readme, all), 'README.md'));
  console.error(`Written into ${RESULTS_FILE} and README.md.`);
}

/** Asks a program of this folder one thing and ends it. */
async function askOnce<T>(
  file: string,
  request: unknown,
  onOutput?: (text: string) => void,
): Promise<T> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const program = Program.start(process.execPath, [path], {}, onOutput);
  try {
    return await program.ask<T>(request, PATIENCE_SECONDS);
  } finally {
    await program.close();
  }
}

function tell(text: string): void {
  process.stderr.write(text);
}
