// @ts-check
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { hashContents } from '../files/content-hash.mjs';
import { inNodeModules, root } from '../repository.mjs';
import { SetupError } from '../runner/setup-error.mjs';

const outDir = path.join(root, 'build');
const SOURCES = ['server', 'tsconfig.json', 'package.json', 'package-lock.json'];

/** @type {import('../runner/step-runner.mjs').Step} */
export const buildServer = {
  name: 'build-server',
  title: 'the compiled server',
  fingerprint: () => hashContents(root, SOURCES, (file) => file === 'server/setup'),
  isDone: () => fs.existsSync(path.join(outDir, 'server', 'main.js')),
  run: (report) =>
    report.phase('tsc', async () => {
      removeAllBut(outDir, await compile(report.logFile));
    }),
};

/**
 * Over the old output, file by file: a server that still runs from it keeps its files meanwhile.
 * @param {string} logFile
 * @returns {Promise<Set<string>>} the files written
 */
async function compile(logFile) {
  const tsc = inNodeModules('typescript', 'bin', 'tsc');
  const args = [
    tsc,
    '-p',
    'server/tsconfig.build.json',
    '--incremental',
    'false',
    '--listEmittedFiles',
  ];
  try {
    const options = { cwd: root, maxBuffer: 1 << 26 };
    const { stdout } = await promisify(execFile)(process.execPath, args, options);
    const lines = stdout.split('\n').filter((line) => line.startsWith('TSFILE: '));
    return new Set(lines.map((line) => path.normalize(line.slice('TSFILE: '.length).trim())));
  } catch (error) {
    fs.appendFileSync(
      logFile,
      withoutFileList(/** @type {{ stdout?: string }} */ (error).stdout ?? ''),
    );
    throw new SetupError(
      'the server does not compile',
      'Mend the errors that tsc names above, or check out a commit that compiles.',
    );
  }
}

/** @param {string} stdout */
function withoutFileList(stdout) {
  return stdout.replace(/^TSFILE: .*\n/gm, '');
}

/**
 * What a deleted source once left would still be found by an import.
 * @param {string} folder
 * @param {Set<string>} keep
 */
function removeAllBut(folder, keep) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) removeAllBut(file, keep);
    else if (!keep.has(file)) fs.rmSync(file);
  }
}
