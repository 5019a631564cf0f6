// @ts-check
// `npm run bench [-- NAME ...] [--write] [--no-python]`: measures this machine, see test/bench/main.ts.
import path from 'node:path';
import { preparePython } from './bench/python.mjs';
import { findChromium } from './machine/chromium-program.mjs';
import { cacheDir, fashionMnistDir, inNodeModules, root } from './repository.mjs';
import { runInForeground } from './runner/foreground-command.mjs';
import { setUp } from './runner/setup-session.mjs';
import { benchSteps } from './steps.mjs';

const NO_PYTHON = '--no-python';

const args = process.argv.slice(2);
await setUp(benchSteps);
if (!args.includes(NO_PYTHON)) {
  const folder = path.join(cacheDir, 'bench-python');
  process.env.BENCH_PYTHON = await preparePython(folder, process.stdout);
}
process.env.LOOKALIKE_CHROMIUM = findChromium();
process.env.LOOKALIKE_FASHION_MNIST_DIR ??= fashionMnistDir;
const tsc = inNodeModules('typescript', 'bin', 'tsc');
process.exitCode =
  (await run(tsc, '-p', 'test/bench/tsconfig.json')) ||
  (await run('build/test/bench/main.js', ...args.filter((arg) => arg !== NO_PYTHON)));

/** @param {string[]} command for Node, in the root */
function run(...command) {
  process.chdir(root);
  return runInForeground(process.execPath, command);
}
