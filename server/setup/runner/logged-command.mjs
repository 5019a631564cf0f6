// @ts-check
// Child processes of the set-up: their output goes to the log of the step, never to the terminal.
import { spawn } from 'node:child_process';
import fs from 'node:fs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * @typedef {object} CommandOptions
 * @property {string} logFile
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 */

/**
 * @param {string} file
 * @param {string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<void>} rejects when the command cannot start or does not exit with 0
 */
export function runLogged(file, args, { logFile, cwd, env }) {
  const log = fs.openSync(logFile, 'a');
  fs.writeSync(log, `$ ${[file, ...args].join(' ')}\n`);
  // A group of its own, so that stopping it also stops the compilers it started.
  const detached = process.platform !== 'win32';
  const child = spawn(file, args, { cwd, env, detached, stdio: ['ignore', log, log] });
  fs.closeSync(log);
  running.add(child);
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      running.delete(child);
      reject(new Error(`${file} could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve();
      else
        reject(new Error(`${file} ${args[0] ?? ''} ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}

export function stopRunningCommands() {
  for (const child of running) {
    if (child.pid === undefined) continue;
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
    } catch {
      // it ended by itself
    }
  }
}
