// @ts-check
// `npm run bench [-- NAME [arguments]]`: runs one benchmark of test/bench, or all of them.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { inNodeModules, root } from './repository.mjs';
import { setUp } from './runner/setup-session.mjs';
import { benchSteps } from './steps.mjs';

await setUp(benchSteps);
const [wanted, ...rest] = process.argv.slice(2);
const all = fs.readdirSync(path.join(root, 'test', 'bench')).flatMap((file) => {
  return file.endsWith('.ts') ? [path.basename(file, '.ts')] : [];
});
const names = all.filter((name) => wanted === undefined || name === wanted);
if (names.length === 0) {
  console.error(`There is no benchmark "${wanted}". There are: ${all.join(', ')}.`);
  process.exit(1);
}
try {
  run(inNodeModules('typescript', 'bin', 'tsc'), '-p', 'test/bench/tsconfig.json');
  for (const name of names) run(`build/test/bench/${name}.js`, ...rest);
} catch {
  process.exitCode = 1; // the program has said what is wrong
}

/** @param {string[]} args */
function run(...args) {
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
}
