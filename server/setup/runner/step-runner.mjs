// @ts-check
// Runs what is not up to date, in order. A step is up to date when its stamp holds today's
// fingerprint and its outputs are still there.
import fs from 'node:fs';
import path from 'node:path';
import { acquireLock } from './setup-lock.mjs';
import { StepFailed } from './setup-error.mjs';
import { readStamp, removeStamp, writeStamp } from './stamp.mjs';
import { createReport, secondsSince } from './step-report.mjs';

/**
 * @typedef {object} Step
 * @property {string} name also the name of its stamp and its log
 * @property {string} title what it gives, for people
 * @property {() => string} fingerprint of everything that its result depends on
 * @property {() => boolean} [isDone] whether its outputs exist; without it the stamp alone counts
 * @property {(report: import('./step-report.mjs').StepReport) => Promise<void>} run
 *
 * @typedef {{ stateDir: string, output: { write(text: string): unknown } }} RunnerOptions
 * @typedef {{ step: string, seconds: string }} RanStep
 */

/**
 * @param {Step[]} steps
 * @param {RunnerOptions} options
 * @returns {Promise<RanStep[]>} the steps that had to run; none in the usual case
 */
export async function runSteps(steps, { stateDir, output }) {
  if (steps.every((step) => isUpToDate(step, stateDir))) return [];
  const lock = await acquireLock(path.join(stateDir, 'lock'), (pid) =>
    output.write(`Another set-up (process ${pid}) is at work in this folder; waiting for it.\n`),
  );
  const width = Math.max(...steps.map((step) => step.name.length));
  /** @type {RanStep[]} */
  const ran = [];
  try {
    for (const [index, step] of steps.entries()) {
      // Asked again under the lock: the set-up that we waited for may have done it.
      if (isUpToDate(step, stateDir)) continue;
      const label = `[${index + 1}/${steps.length}] ${step.name.padEnd(width)}`;
      ran.push(await runStep(step, label, { stateDir, output }));
    }
  } finally {
    lock.release();
  }
  return ran;
}

/**
 * @param {Step} step
 * @param {string} stateDir
 */
function isUpToDate(step, stateDir) {
  return readStamp(stateDir, step.name) === step.fingerprint() && (step.isDone?.() ?? true);
}

/**
 * @param {Step} step
 * @param {string} label
 * @param {RunnerOptions} options
 * @returns {Promise<RanStep>}
 */
async function runStep(step, label, { stateDir, output }) {
  const started = performance.now();
  const logFile = path.join(stateDir, `${step.name}.log`);
  fs.writeFileSync(logFile, '');
  // Taken before the work: what changes while it runs must make the step run again.
  const fingerprint = step.fingerprint();
  removeStamp(stateDir, step.name);
  try {
    await step.run(createReport({ label, logFile, output }));
    if (step.isDone?.() === false)
      throw new Error(`${step.title}: finished, but the result is missing`);
  } catch (error) {
    throw new StepFailed(step.name, logFile, error);
  }
  writeStamp(stateDir, step.name, fingerprint);
  return { step: step.name, seconds: secondsSince(started) };
}
