/*
 * How to write a benchmark
 *
 * 1. A file in test/bench/benchmarks that exports a `Benchmark`, and its line in test/bench/benchmarks.ts.
 *    Each runs in a process of its own, so that it may load what it likes; nothing else of ours runs.
 * 2. What is compared runs in processes too. `tools.node(NAME)` starts test/bench/sides/NAME.ts and
 *    `tools.python(NAME)` test/bench/python/NAME.py; both answer one request a line (see
 *    conversation.ts and conversation.py), so that they can be asked in turns while they stay warm.
 * 3. `inTurns` asks the sides alternately, forwards and backwards, and gives each side's numbers; they
 *    go into a `Row` as they are. The median, the ratio and the verdict are made of them elsewhere.
 * 4. `tools.python` is null where there is no Python; the row then says so: `besides(...)`.
 * 5. What `tools` started is stopped, and what it made is deleted, when `run` is over.
 * 6. Under three minutes, or it is one of LONG. A target is given only where one has been set.
 */
import type { RunningServer } from '../../integration/running-server.js';
import type { HttpLoad, LoadOrder, PaceOrder } from './http-load.js';
import type { PreparedData } from './prepared-data.js';
import type { Program } from './program.js';

export interface Benchmark {
  /** One line: what is measured. */
  readonly title: string;
  run(tools: Tools): Promise<Row[]>;
}

/** A comparison, or a measurement of ours alone: one line of the table. */
export interface Row {
  readonly what: string;
  /** Of the numbers: `ms`, `s`, `requests/s`. */
  readonly unit: string;
  /** One number a run. */
  readonly ours: readonly number[];
  /** What ours is compared with; run by run, when there are as many numbers. */
  readonly other: Other | null;
  readonly target?: Target;
  /** What a reader must know to judge the numbers: the recall, the share of errors. */
  readonly remark?: string;
}

export type Other =
  | { readonly name: string; readonly values: readonly number[] }
  | { readonly name: string; readonly notRun: string };

/** Bounds of ours / other, or of ours itself. */
export interface Target {
  readonly of: 'ratio' | 'ours';
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Tools {
  /** For people who wait. */
  note(text: string): void;
  /** An empty directory. */
  directory(): Promise<string>;
  /** Fashion-MNIST and a model of it, in a data directory that nobody may write to: copy it. */
  data(): Promise<PreparedData>;
  /** The real server, on a copy of the prepared data or in a directory given. */
  server(
    directory?: string,
    environment?: Readonly<Record<string, string>>,
  ): Promise<RunningServer>;
  /** A data directory of its own, of the prepared data. */
  copyOfData(): Promise<string>;
  /** A program of test/bench/sides. */
  node(name: string, options?: ProgramOptions): Program;
  /** A program of test/bench/python; null where there is no Python, see `whyNoPython`. */
  python(name: string, options?: ProgramOptions): Program | null;
  readonly whyNoPython: string | null;
  /** As many requests as are answered, from a process of its own. */
  load(order: LoadOrder): Promise<HttpLoad>;
  /** One request after another at even times: how long a user waits, not how much can be done. */
  pace(order: PaceOrder): Promise<HttpLoad>;
}

export interface ProgramOptions {
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The other side of a row where it may not have been run. */
export function besides(
  name: string,
  values: readonly number[] | undefined,
  notRun: string | null,
): Other {
  return values && notRun === null
    ? { name, values }
    : { name, notRun: notRun ?? 'no reason given' };
}
