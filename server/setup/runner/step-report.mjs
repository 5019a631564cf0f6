// @ts-check
import { runLogged } from './logged-command.mjs';

/**
 * What a step gets to tell of its work and to run its commands.
 * @typedef {object} StepReport
 * @property {string} logFile
 * @property {<T>(text: string, work: () => Promise<T> | T) => Promise<T>} phase one line, seconds at its end
 * @property {(text: string) => void} note one line without a clock
 * @property {(file: string, args: string[], options?: { cwd?: string, env?: NodeJS.ProcessEnv }) => Promise<void>} command
 */

/**
 * @param {{ label: string, logFile: string, output: { write(text: string): unknown } }} options
 * @returns {StepReport}
 */
export function createReport({ label, logFile, output }) {
  return {
    logFile,
    async phase(text, work) {
      output.write(`${label}  ${text} … `);
      const started = performance.now();
      try {
        const result = await work();
        output.write(`${secondsSince(started)} s\n`);
        return result;
      } catch (error) {
        output.write(`failed after ${secondsSince(started)} s\n`);
        throw error;
      }
    },
    note: (text) => void output.write(`${label}  ${text}\n`),
    command: (file, args, options = {}) => runLogged(file, args, { ...options, logFile }),
  };
}

/** @param {number} started a reading of performance.now() */
export function secondsSince(started) {
  return ((performance.now() - started) / 1000).toFixed(1);
}
