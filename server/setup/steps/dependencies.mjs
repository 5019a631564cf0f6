// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { hashContents } from '../files/content-hash.mjs';
import { isInstalled } from '../machine/installed-packages.mjs';
import { compileAddon, copyAddonSources } from '../machine/native-addon.mjs';
import { npmCli, npmEnvironment } from '../machine/npm-program.mjs';
import { inNodeModules, root } from '../repository.mjs';
import { SetupError } from '../runner/setup-error.mjs';

/**
 * Packages whose install script we leave out on purpose, and why: npm runs none of them here.
 * A test compares this with the lock file, so that a new package with a script is noticed.
 */
export const INSTALL_SCRIPTS = {
  'hnswlib-node': 'only its folder is used, for the addon that this step compiles',
  '@tensorflow/tfjs-node': 'compiled by the step libtensorflow',
  '@apollo/protobufjs': 'only compares version numbers',
  'core-js': 'only prints a request for donations',
};

/** The sources of the addon for vector indexes, and where they are copied to and compiled. */
const graphSources = path.join('server', 'adapters', 'vector-index', 'hnswlib', 'native');
const graphDir = inNodeModules('hnswlib-node', 'graph');
const graphAddon = path.join(graphDir, 'build', 'Release', 'graph.node');

/** @type {import('../runner/step-runner.mjs').Step} */
export const dependencies = {
  name: 'dependencies',
  title: 'the npm packages',
  fingerprint() {
    const { dependencies, devDependencies, overrides } = readPackageJson();
    const node = process.versions.node.split('.')[0];
    return JSON.stringify({
      wanted: [dependencies, devDependencies, overrides],
      lock: hashContents(root, ['package-lock.json']),
      addon: hashContents(root, [graphSources]),
      on: `node ${node} ${process.platform} ${process.arch}`,
    });
  },
  isDone: () => fs.existsSync(inNodeModules('.package-lock.json')) && fs.existsSync(graphAddon),
  async run(report) {
    if (!isInstalled(root)) await report.phase('npm ci', () => installPackages(report));
    if (copyAddonSources(path.join(root, graphSources), graphDir) || !(await loads(report))) {
      await compileAddon(report, { packageDir: graphDir, result: graphAddon });
      if (!(await loads(report)))
        throw new Error('the addon for indexes compiled but does not load');
    }
  },
};

/** @returns {Record<string, unknown>} */
function readPackageJson() {
  return JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
}

/** @param {import('../runner/step-report.mjs').StepReport} report */
async function installPackages(report) {
  // --include=dev: the build needs the compilers, also where NODE_ENV is production.
  const flags = [
    '--ignore-scripts',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=notice',
  ];
  try {
    await report.command(process.execPath, [npmCli(), 'ci', ...flags], { env: npmEnvironment() });
  } catch (error) {
    throw new SetupError(
      `npm ci failed: ${/** @type {Error} */ (error).message}`,
      'Check that the npm registry answers (npm ping); if npm says that package.json and package-lock.json disagree, run npm install --ignore-scripts and commit the lock file.',
    );
  }
}

/** @param {import('../runner/step-report.mjs').StepReport} report */
async function loads(report) {
  if (!fs.existsSync(graphAddon)) return false;
  const script = `new (require(${JSON.stringify(graphAddon)}).Graph)(2)`;
  try {
    await report.command(process.execPath, ['-e', script]);
    return true;
  } catch {
    return false; // built for another platform or another C library
  }
}
