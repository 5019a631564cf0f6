// @ts-check
// `npm run check`: all that can be said of the code without TensorFlow. Every check runs, also
// after one has failed; the failures come together at the end.
import { spawnSync } from 'node:child_process';
import { acceptedFindings, audit, complaintsOf } from './check/audit.mjs';
import { changedFiles, readGeneratedFiles } from './check/generated-files.mjs';
import { inNodeModules, root } from './repository.mjs';
import { setUp } from './runner/setup-session.mjs';
import { secondsSince } from './runner/step-report.mjs';
import { checkSteps } from './steps.mjs';

/** @typedef {{ name: string, run: () => string | undefined }} Check run gives the failure, if any */

const tsc = inNodeModules('typescript', 'bin', 'tsc');
const vitest = inNodeModules('vitest', 'vitest.mjs');
const next = inNodeModules('next', 'dist', 'bin', 'next');
process.env.NEXT_TELEMETRY_DISABLED = '1';

/** @type {Check[]} */
const checks = [
  program('formatting', inNodeModules('prettier', 'bin', 'prettier.cjs'), '--check', '.'),
  program(
    'rules',
    inNodeModules('eslint', 'bin', 'eslint.js'),
    ...['--config', 'eslint.config.js', '--max-warnings', '0', '.'],
  ),
  program('types of server and tests', tsc, '--noEmit', '-p', 'tsconfig.json'),
  { name: 'types of the console', run: consoleTypes },
  { name: 'generated files', run: generatedFilesDiffer },
  { name: 'audit of the dependencies', run: auditComplaints },
  program('architecture', vitest, 'run', '--config', 'test/vitest.config.ts', 'test/architecture'),
];

await setUp(checkSteps);
const failures = checks.map(runCheck).filter((failure) => failure !== undefined);
if (failures.length > 0) {
  for (const { name, text } of failures) console.error(`\n--- ${name} ---\n${text.trim()}`);
  console.error(`\n${failures.length} of ${checks.length} checks failed.`);
  process.exitCode = 1;
}

/** @param {Check} check */
function runCheck({ name, run }) {
  process.stdout.write(`${name} … `);
  const started = performance.now();
  const text = run();
  console.log(`${text === undefined ? 'ok' : 'FAILED'}, ${secondsSince(started)} s`);
  return text === undefined ? undefined : { name, text };
}

/**
 * @param {string} name
 * @param {string[]} args for Node
 * @returns {Check}
 */
function program(name, ...args) {
  return { name, run: () => failureOf(args) };
}

/** @param {string[]} args */
function failureOf(args) {
  const options = /** @type {const} */ ({ cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  const { status, signal, error, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (status === 0) return undefined;
  const output = `${stdout ?? ''}${stderr ?? ''}`;
  return output.trim() || (error?.message ?? `ended with ${signal ?? status} and said nothing`);
}

/** A fresh clone lacks the types that next writes beside the sources: next-env.d.ts and the routes. */
function consoleTypes() {
  return (
    failureOf([next, 'typegen', 'web']) ??
    failureOf([tsc, '--noEmit', '-p', 'web/tsconfig.json']) ??
    failureOf([tsc, '--noEmit', '-p', 'test/web/tsconfig.json'])
  );
}

/** Not answered is no failure: a machine without the registry could never pass. But nobody is to overlook it. */
function auditComplaints() {
  const answer = audit();
  if ('unanswered' in answer) {
    console.log(`\n  !! NOT AUDITED: the npm registry did not answer (${answer.unanswered}). … `);
    return undefined;
  }
  const today = new Date().toISOString().slice(0, 10);
  const complaints = complaintsOf(answer.findings, acceptedFindings(), today);
  return complaints.length > 0 ? complaints.join('\n') : undefined;
}

/** Generates into place, so that after a failure only the commit is left to do. */
function generatedFilesDiffer() {
  const before = readGeneratedFiles();
  const failure = failureOf(['server/setup/generate.mjs']);
  if (failure !== undefined) return failure;
  const changed = changedFiles(before, readGeneratedFiles());
  if (changed.length === 0) return undefined;
  return `Not what the sources give: ${changed.join(', ')}.\nThey are as npm run generate leaves them now: look at them and commit.`;
}
