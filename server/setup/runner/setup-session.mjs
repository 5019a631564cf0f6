// @ts-check
// What every entry does around the steps: the Node version, signals, the failure text, the summary.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root, stateDir } from '../repository.mjs';
import { stopRunningCommands } from './logged-command.mjs';
import { StepFailed } from './setup-error.mjs';
import { runSteps } from './step-runner.mjs';
import { secondsSince } from './step-report.mjs';

const LOG_LINES_SHOWN = 30;

/**
 * Runs the steps in the repository root; ends the process with 1 when one fails.
 * @param {import('./step-runner.mjs').Step[]} steps
 */
export async function setUp(steps) {
  requireSupportedNode();
  process.chdir(root);
  const started = performance.now();
  const ignoreSignalsAgain = stopOnSignals();
  try {
    const ran = await runSteps(steps, { stateDir, output: process.stdout });
    if (ran.length > 0) {
      const phases = ran.map(({ step, seconds }) => `${step} ${seconds} s`).join(', ');
      console.log(`Set up in ${secondsSince(started)} s: ${phases}`);
    }
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    printFailure(error);
    process.exit(1);
  } finally {
    ignoreSignalsAgain();
  }
}

function requireSupportedNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Lookalike needs Node 20.19 or newer; this is ${process.version}. Install a newer one.`,
  );
  process.exit(1);
}

function stopOnSignals() {
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    stopRunningCommands();
    process.exit(128 + os.constants.signals[signal]);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return () => void process.off('SIGINT', stop).off('SIGTERM', stop);
}

/** @param {StepFailed} failure */
function printFailure(failure) {
  const log = fs.readFileSync(failure.logFile, 'utf8').trimEnd();
  if (log) console.error(`\n${log.split('\n').slice(-LOG_LINES_SHOWN).join('\n')}`);
  console.error(`\nThe set-up step ${failure.step} failed: ${failure.message}`);
  console.error(failure.advice);
  if (log) console.error(`The whole log: ${path.relative(process.cwd(), failure.logFile)}`);
}
