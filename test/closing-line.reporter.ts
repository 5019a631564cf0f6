import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node';

/** Ends the output with `N passed, N failed` (and `, N skipped` if any), for CI to read. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const line = closingLine(modules, unhandledErrors, reason);
    // At exit, because other reporters and vitest itself still write after the end of the run.
    process.once('exit', () => void process.stdout.write(`${line}\n`));
  }
}

export function closingLine(
  modules: readonly Pick<TestModule, 'children' | 'errors'>[],
  unhandledErrors: readonly unknown[],
  reason: TestRunEndReason,
): string {
  const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) count[test.result().state] += 1;
    // A file that does not load and a hook that throws lose tests that nobody can count.
    for (const suite of module.children.allSuites()) count.failed += suite.errors().length;
    count.failed += module.errors().length;
  }
  // One that was begun and never ended did not pass.
  count.failed += unhandledErrors.length + count.pending;
  if (reason !== 'passed') count.failed = Math.max(count.failed, 1);
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
  return `${count.passed} passed, ${count.failed} failed${skipped}`;
}
