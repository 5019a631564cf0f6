// @ts-check
// The Python that the benchmarks compare with: a virtual environment of their own, made once. There
// may be none to be had; then that is what the table says, and everything else goes on.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { findProgram } from '../machine/programs-on-path.mjs';
import { runLogged, stopRunningCommands } from '../runner/logged-command.mjs';
import { createReport } from '../runner/step-report.mjs';

/** tensorflow-cpu as libtensorflow is here; of the others, what pip gives. */
export const PACKAGES = [
  'tensorflow-cpu==2.21.0',
  'faiss-cpu',
  'fastapi',
  'uvicorn',
  'httptools',
  'uvloop',
  'pillow',
  'python-multipart',
];
const TOLD = ['tensorflow-cpu', 'numpy', 'faiss-cpu', 'fastapi', 'uvicorn', 'pillow'];

/** For all packages together: 300 MB on a slow line. */
const LIMIT_MS = 15 * 60_000;
const PIP_FLAGS = ['--retries', '1', '--timeout', '10', '--prefer-binary', '--no-input'];

/**
 * Makes the virtual environment, or goes on where an earlier attempt stopped: a package that is there
 * stays, and pip keeps what it has downloaded.
 * @param {string} folder
 * @param {{ write(text: string): unknown }} output
 * @param {{ limitMs?: number, packages?: string[] }} [options]
 * @returns {Promise<string>} a JSON file: program and versions, or the reason why there is none
 */
export async function preparePython(folder, output, options = {}) {
  const { limitMs = LIMIT_MS, packages = PACKAGES } = options;
  const file = path.join(folder, 'python.json');
  if (isReady(file, packages)) return file;
  fs.mkdirSync(folder, { recursive: true });
  const logFile = path.join(folder, 'pip.log');
  fs.writeFileSync(logFile, '');
  const report = createReport({ label: 'bench-python', logFile, output });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stopRunningCommands();
  }, limitMs);
  /** @type {object} */
  let found;
  try {
    const program = await makeEnvironment(report, path.join(folder, 'environment'));
    for (const name of packages) {
      if (late) break;
      await report.phase(`pip install ${name}`, () => install(report, program, name));
    }
    found = { program, packages, versions: versionsOf(program) };
  } catch (error) {
    const reason = late
      ? 'pip took longer than it may; the next time goes on from there'
      : reasonOf(logFile, /** @type {Error} */ (error).message);
    report.note(`no Python to compare with: ${reason} (${path.relative('.', logFile)})`);
    found = { reason };
  } finally {
    clearTimeout(timer);
  }
  fs.writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
  return file;
}

/**
 * @param {string} file
 * @param {string[]} packages
 */
function isReady(file, packages) {
  try {
    const found = JSON.parse(fs.readFileSync(file, 'utf8'));
    return fs.existsSync(found.program) && `${found.packages}` === `${packages}`;
  } catch {
    return false;
  }
}

/**
 * @param {import('../runner/step-report.mjs').StepReport} report
 * @param {string} environment
 */
async function makeEnvironment(report, environment) {
  const program = path.join(
    environment,
    process.platform === 'win32' ? 'Scripts' : 'bin',
    'python',
  );
  const python = findProgram('python3') ?? findProgram('python');
  if (!python) throw new Error('there is no python3 on PATH');
  if (!works(program)) {
    // Half an environment, of an attempt that was cut off, is made anew.
    const args = ['-m', 'venv', '--clear', environment];
    await report.phase('python3 -m venv', () => report.command(python, args));
  }
  return program;
}

/** @param {string} program */
function works(program) {
  try {
    execFileSync(program, ['-m', 'pip', '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {import('../runner/step-report.mjs').StepReport} report
 * @param {string} program
 * @param {string} name
 */
function install(report, program, name) {
  const { logFile } = report;
  return runLogged(program, ['-m', 'pip', 'install', ...PIP_FLAGS, name], { logFile });
}

/**
 * @param {string} program
 * @throws when a package does not load
 */
function versionsOf(program) {
  const script = `
import json, platform
import tensorflow, faiss, fastapi, PIL  # what does not load is as good as not there
from importlib.metadata import version, PackageNotFoundError
found = {"python": platform.python_version()}
for name in ${JSON.stringify(TOLD)}:
    try: found[name] = version(name)
    except PackageNotFoundError: pass
print(json.dumps(found))`;
  return JSON.parse(
    execFileSync(program, ['-c', script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
}

/**
 * What pip said last of all, which tells more than that it failed.
 * @param {string} logFile
 * @param {string} message
 */
function reasonOf(logFile, message) {
  const errors = fs.readFileSync(logFile, 'utf8').match(/^ERROR: .*$/gm);
  return (errors?.at(-1)?.slice('ERROR: '.length) ?? message).slice(0, 200).replace(/\s+/g, ' ');
}
