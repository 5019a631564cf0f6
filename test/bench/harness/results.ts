import type { Row } from './benchmark.js';
import { isMet, ratioOf } from './verdict.js';

/** What the numbers of a benchmark depend on beside the code. */
export interface Circumstances {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly system: string;
  };
  /** By the name of what it is: node, libtensorflow, python, faiss-cpu. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface BenchmarkResult extends Circumstances {
  readonly name: string;
  readonly title: string;
  /** The day, as 2026-01-31. */
  readonly date: string;
  /** Short, with a plus where files differed from it. */
  readonly commit: string;
  /** How much was at work on the machine before, in busy cores: near 0, or the numbers are worth less. */
  readonly loadBefore: number;
  readonly seconds: number;
  readonly rows: readonly MeasuredRow[];
}

export interface MeasuredRow extends Row {
  readonly ratio: number | null;
  readonly met: boolean | null;
}

/** All that is known, a benchmark once. */
export interface Results {
  readonly benchmarks: readonly BenchmarkResult[];
}

export function measured(row: Row): MeasuredRow {
  return { ...row, ratio: rounded(ratioOf(row)), met: isMet(row) };
}

/**
 * The new results in place of those of the same names; the others stay, with their own date, machine
 * and versions.
 * @param order the names of all benchmarks there are; results of others are dropped
 */
export function merged(
  older: Results,
  newer: readonly BenchmarkResult[],
  order: readonly string[],
): Results {
  const byName = new Map([...older.benchmarks, ...newer].map((result) => [result.name, result]));
  return { benchmarks: order.flatMap((name) => byName.get(name) ?? []) };
}

function rounded(ratio: number | null): number | null {
  return ratio === null ? null : Number(ratio.toPrecision(4));
}
