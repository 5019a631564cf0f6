// @ts-check
// The C library as TensorFlow's own Python wheel carries it: newer and faster than the archive that
// tfjs-node asks for, and on a host that answers.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { verifySha256 } from '../files/checksum.mjs';
import { canInstallDebianPackages, installDebianPackages } from '../machine/debian-packages.mjs';
import { SetupError } from '../runner/setup-error.mjs';

const PROJECT = 'tensorflow-cpu';
const VERSION = '2.21.0';

/**
 * Wheels by `platform arch` of Node. We know no checksum of our own for aarch64: there the check
 * that pip makes against its index is the only one.
 */
const WHEELS = new Map([
  [
    'linux x64',
    {
      tag: 'manylinux_2_27_x86_64',
      sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    },
  ],
  ['linux arm64', { tag: 'manylinux_2_27_aarch64', sha256: undefined }],
]);

const wheel = WHEELS.get(`${process.platform} ${process.arch}`);

/** Names the wheel for this machine; undefined where there is none. */
export const wheelOrigin = wheel && `${PROJECT} ${VERSION} ${wheel.tag}`;

const OWN_LIBRARY =
  'or set LOOKALIKE_LIBTENSORFLOW to a folder that holds lib/ and include/ of a libtensorflow';

/** Everything that the addon and its compilation need, out of a wheel of twice the size. */
const EXTRACT = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    libraries = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2']
    headers = [n for n in wheel.namelist() if n.startswith('tensorflow/include/')]
    wheel.extractall(sys.argv[2], libraries + headers)
`;

/**
 * @param {import('../runner/step-report.mjs').StepReport} report
 * @param {string} staging
 */
export async function fillFromWheel(report, staging) {
  if (!wheel)
    throw new Error(`there is no ${PROJECT} wheel for ${process.platform} ${process.arch}`);
  const python = await findPip(report);
  const unpacked = path.join(staging, 'unpacked');
  const file = await report.phase(`downloading ${PROJECT} ${VERSION} (274 MB)`, async () => {
    const downloaded = await downloadWheel(report, python, wheel.tag, staging);
    if (wheel.sha256) await verifyWheel(downloaded, wheel.sha256);
    return downloaded;
  });
  await report.phase('unpacking the library (850 MB)', () =>
    report.command(python, ['-c', EXTRACT, file, unpacked]),
  );
  fs.rmSync(file);
  const lib = path.join(staging, 'lib');
  fs.mkdirSync(lib);
  fs.renameSync(path.join(unpacked, 'tensorflow', 'include'), path.join(staging, 'include'));
  for (const name of fs.readdirSync(path.join(unpacked, 'tensorflow'))) {
    fs.renameSync(path.join(unpacked, 'tensorflow', name), path.join(lib, name));
  }
  fs.rmSync(unpacked, { recursive: true });
}

/**
 * @param {import('../runner/step-report.mjs').StepReport} report
 * @param {string} python
 * @param {string} tag
 * @param {string} folder
 */
async function downloadWheel(report, python, tag, folder) {
  // A Python version and a platform are named so that any Python 3 can fetch the wheel.
  const which = ['--no-deps', '--only-binary=:all:', '--python-version', '3.11', '--platform', tag];
  const how = [
    '--no-cache-dir',
    '--no-input',
    '--disable-pip-version-check',
    '--progress-bar',
    'off',
  ];
  const patience = ['--retries', '1']; // an extra index that does not answer costs seconds per retry
  const args = ['-m', 'pip', 'download', ...which, ...how, ...patience, '-d', folder];
  // pip downloads into TMPDIR first, and /tmp is often too small for this.
  const env = { ...process.env, TMPDIR: folder };
  try {
    await report.command(python, [...args, `${PROJECT}==${VERSION}`], { env });
  } catch {
    throw new SetupError(
      `pip could not download ${PROJECT} ${VERSION}`,
      `Check that "pip download ${PROJECT}==${VERSION}" reaches a package index and that 1.5 GB of disk are free, ${OWN_LIBRARY}.`,
    );
  }
  const name = fs.readdirSync(folder).find((entry) => entry.endsWith('.whl'));
  if (!name) throw new Error('pip ended well but left no wheel');
  return path.join(folder, name);
}

/**
 * @param {string} file
 * @param {string} sha256
 */
export function verifyWheel(file, sha256) {
  return verifySha256(file, sha256, {
    advice: `The package index of pip served another file than TensorFlow published: check pip config list, ${OWN_LIBRARY}.`,
  });
}

/**
 * @param {import('../runner/step-report.mjs').StepReport} report
 * @returns {Promise<string>} a Python that has pip
 */
async function findPip(report) {
  const find = () => ['python3', 'python'].find(hasPip);
  const found = find();
  if (found) return found;
  if (canInstallDebianPackages()) await installDebianPackages(report, ['python3-pip']);
  const installed = find();
  if (installed) return installed;
  throw new SetupError(
    'Python 3 with pip, which fetches libtensorflow, was not found',
    `Install it (Debian: apt-get install python3-pip) and run again, ${OWN_LIBRARY}.`,
  );
}

/** @param {string} python */
function hasPip(python) {
  try {
    execFileSync(python, ['-m', 'pip', '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
