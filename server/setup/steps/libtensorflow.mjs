// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import {
  addonFile,
  compileKernels,
  compileTfjsAddon,
  installWithPackageScript,
  kernelsFile,
  kernelSources,
  linkLibraryIntoPackage,
  packageDir,
  removeAddons,
  smokeTest,
} from '../libtensorflow/addon.mjs';
import {
  linkGivenLibrary,
  missingParts,
  originOfLibrary,
  replaceLibrary,
} from '../libtensorflow/library-folder.mjs';
import { fillFromWheel, wheelOrigin } from '../libtensorflow/wheel.mjs';
import { hashContents } from '../files/content-hash.mjs';
import { isGlibc } from '../machine/installed-packages.mjs';
import { libtensorflowDir, root } from '../repository.mjs';
import { SetupError } from '../runner/setup-error.mjs';

/** @type {import('../runner/step-runner.mjs').Step} */
export const libtensorflow = {
  name: 'libtensorflow',
  title: 'TensorFlow for training and embedding',
  fingerprint() {
    const { dependencies } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    const node = process.versions.node.split('.')[0]; // the smoke test is worth repeating on another
    return JSON.stringify([
      wantedOrigin(),
      dependencies['@tensorflow/tfjs-node'],
      node,
      process.arch,
      hashContents(root, [kernelSources]),
    ]);
  },
  isDone: () =>
    [addonFile, kernelsFile].every((file) => fs.existsSync(file)) &&
    missingParts(path.join(packageDir, 'deps')).length === 0,
  async run(report) {
    const given = process.env.LOOKALIKE_LIBTENSORFLOW;
    if (given || wheelOrigin) {
      const origin = wantedOrigin();
      if (originOfLibrary(libtensorflowDir) !== origin) {
        await replaceLibrary(libtensorflowDir, origin, async (staging) => {
          await obtain(report, given, staging);
          removeAddons();
        });
      }
      linkLibraryIntoPackage();
      if (!fs.existsSync(addonFile)) await compileTfjsAddon(report);
    } else {
      await installWithPackageScript(report);
    }
    await compileKernels(report);
    await smokeTest(report);
  },
};

const A_FOLDER = 'the folder ';

/**
 * Where the library should come from; a change of it makes the step run again. A folder that was
 * named once stays in use when the variable is gone: an image is set up with it and started without.
 */
function wantedOrigin() {
  const given = process.env.LOOKALIKE_LIBTENSORFLOW;
  if (given) return A_FOLDER + path.resolve(root, given);
  const present = originOfLibrary(libtensorflowDir);
  return present?.startsWith(A_FOLDER) ? present : (wheelOrigin ?? 'the script of tfjs-node');
}

/**
 * @param {import('../runner/step-report.mjs').StepReport} report
 * @param {string | undefined} given
 * @param {string} staging
 */
async function obtain(report, given, staging) {
  if (given) return linkGivenLibrary(path.resolve(root, given), staging);
  if (process.platform === 'linux' && !isGlibc()) {
    throw new SetupError(
      'TensorFlow has no library for Linux with musl (Alpine)',
      'Use a glibc system such as Debian or Ubuntu, or set LOOKALIKE_LIBTENSORFLOW to a library of your own.',
    );
  }
  return fillFromWheel(report, staging);
}
