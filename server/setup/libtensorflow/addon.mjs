// @ts-check
// What is compiled against our library: the native half of tfjs-node, from the source in the package,
// and the operations that we add to it. Both speak Node-API, so one build serves Node 20, 22 and 24.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileAddon, copyAddonSources } from '../machine/native-addon.mjs';
import { environmentWithFirst } from '../machine/programs-on-path.mjs';
import { inNodeModules, libtensorflowDir, root } from '../repository.mjs';
import { SetupError } from '../runner/setup-error.mjs';

const NAPI = 8;
export const packageDir = inNodeModules('@tensorflow', 'tfjs-node');
export const addonFile = path.join(packageDir, 'lib', `napi-v${NAPI}`, 'tfjs_binding.node');
/** The sources of our operations, and where they are copied to and compiled. */
export const kernelSources = path.join('server', 'ml', 'native');
const kernelsDir = path.join(packageDir, 'kernels');
export const kernelsFile = path.join(kernelsDir, 'build', 'Release', 'kernels.node');
const depsLink = path.join(packageDir, 'deps');

/** @param {import('../runner/step-report.mjs').StepReport} report */
export function compileTfjsAddon(report) {
  return compileAddon(report, {
    packageDir,
    result: addonFile,
    gypArgs: [
      '--module_name=tfjs_binding',
      `--module_path=${path.dirname(addonFile)}`,
      `--napi_version=${NAPI}`,
      `--napi_build_version=${NAPI}`,
    ],
  });
}

/**
 * Compiles our operations, unless these sources were compiled already.
 * @param {import('../runner/step-report.mjs').StepReport} report
 */
export async function compileKernels(report) {
  const isNew = copyAddonSources(path.join(root, kernelSources), kernelsDir);
  if (!isNew && fs.existsSync(kernelsFile)) return;
  await compileAddon(report, { packageDir: kernelsDir, result: kernelsFile });
}

/** Both belong to the library that they were compiled against. */
export function removeAddons() {
  fs.rmSync(addonFile, { force: true });
  fs.rmSync(kernelsDir, { recursive: true, force: true });
}

/** The package looks for the library in its own deps; ours outlives a new `npm ci`. */
export function linkLibraryIntoPackage() {
  const windows = process.platform === 'win32';
  fs.rmSync(depsLink, { recursive: true, force: true });
  fs.symlinkSync(
    windows ? libtensorflowDir : path.relative(packageDir, libtensorflowDir),
    depsLink,
    'junction',
  );
}

/**
 * macOS and Windows: no wheel with a C library, so the package's own download is the source.
 * @param {import('../runner/step-report.mjs').StepReport} report
 */
export async function installWithPackageScript(report) {
  // The script calls node-pre-gyp by its bare name.
  const env = environmentWithFirst(inNodeModules('.bin'));
  try {
    await report.phase('running the install script of tfjs-node', () =>
      report.command(process.execPath, ['scripts/install.js'], { cwd: packageDir, env }),
    );
  } catch (error) {
    throw new SetupError(
      `tfjs-node could not install libtensorflow: ${/** @type {Error} */ (error).message}`,
      'Set LOOKALIKE_LIBTENSORFLOW to a folder that holds lib/ and include/ of a libtensorflow, or run Lookalike in a Debian container.',
    );
  }
}

/** @param {import('../runner/step-report.mjs').StepReport} report */
export async function smokeTest(report) {
  const script = fileURLToPath(new URL('smoke-test.mjs', import.meta.url));
  try {
    await report.phase(`training one step on Node ${process.versions.node}`, () =>
      report.command(process.execPath, [script], { cwd: root }),
    );
  } catch (error) {
    removeAddons(); // one may be the half of a compilation that was killed: the next run makes both anew
    throw new SetupError(
      `TensorFlow does not run here: ${/** @type {Error} */ (error).message}`,
      'SIGILL means a processor without AVX, which this build of TensorFlow needs; an undefined symbol TF_… means a libtensorflow that is too old for operations of our own (2.5 is new enough); otherwise run again, which compiles anew; then delete .cache/libtensorflow, run again, and report the log if that does not help.',
    );
  }
}
