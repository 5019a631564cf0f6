// @ts-check
// The shape of .cache/libtensorflow: lib/, include/ and origin.json, which says where it came from.
import fs from 'node:fs';
import path from 'node:path';
import { SetupError } from '../runner/setup-error.mjs';

/** The first two are for tfjs-node, the others for operations of our own: TensorFlow has them since 2.5. */
const HEADERS = ['c_api.h', 'eager/c_api.h', 'kernels.h', 'ops.h'].map(
  (name) => `tensorflow/c/${name}`,
);

/** What the addon is linked against, by the names that its binding.gyp gives. */
const LIBRARY = new Map([
  ['linux', 'libtensorflow.so'],
  ['darwin', 'libtensorflow.2.dylib'],
  ['win32', 'tensorflow.dll'],
]).get(process.platform);

/** Alias -> the names it may stand for, best first: the wheel's, then those of Google's archives. */
const ALIASES = {
  'libtensorflow.so.2': ['libtensorflow_cc.so.2'],
  'libtensorflow.so': ['libtensorflow_cc.so.2', 'libtensorflow.so.2'],
  'libtensorflow_framework.so': ['libtensorflow_framework.so.2'],
};

/**
 * @param {string} folder
 * @returns {string | undefined} where the library there came from; undefined when it is not whole
 */
export function originOfLibrary(folder) {
  try {
    const { origin } = JSON.parse(fs.readFileSync(path.join(folder, 'origin.json'), 'utf8'));
    return missingParts(folder).length === 0 ? origin : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Fills a folder aside and renames it: never half a library under the final name.
 * @param {string} folder
 * @param {string} origin
 * @param {(staging: string) => Promise<void> | void} fill
 */
export async function replaceLibrary(folder, origin, fill) {
  const parent = path.dirname(folder);
  const prefix = `${path.basename(folder)}.new-`;
  fs.mkdirSync(parent, { recursive: true });
  for (const name of fs.readdirSync(parent)) {
    // left by a set-up that was killed; the lock says that it is not at work
    if (name.startsWith(prefix)) fs.rmSync(path.join(parent, name), { recursive: true });
  }
  const staging = fs.mkdtempSync(path.join(parent, prefix));
  fs.chmodSync(staging, 0o755); // set up as root, used by the account of the server
  try {
    await fill(staging);
    addAliases(path.join(staging, 'lib'));
    const missing = missingParts(staging);
    if (missing.length > 0)
      throw new Error(`libtensorflow is incomplete: no ${missing.join(', no ')}`);
    fs.writeFileSync(path.join(staging, 'origin.json'), `${JSON.stringify({ origin })}\n`);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(staging, folder);
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * Uses a library that is on this machine without copying its gigabyte: links to its files, so
 * that the aliases can be added even when the folder itself is read-only.
 * @param {string} given the value of LOOKALIKE_LIBTENSORFLOW
 * @param {string} staging
 */
export function linkGivenLibrary(given, staging) {
  const lib = path.join(given, 'lib');
  const include = path.join(given, 'include');
  const problems = [lib, include]
    .filter((folder) => !fs.existsSync(folder))
    .map((f) => `there is no ${f}`);
  if (problems.length === 0) {
    fs.mkdirSync(path.join(staging, 'lib'));
    fs.symlinkSync(path.resolve(include), path.join(staging, 'include'), 'junction');
    for (const name of fs.readdirSync(lib)) {
      fs.symlinkSync(path.resolve(lib, name), path.join(staging, 'lib', name));
    }
    addAliases(path.join(staging, 'lib'));
    problems.push(...missingParts(staging).map((part) => `it has no ${part}`));
  }
  if (problems.length === 0) return;
  throw new SetupError(
    `LOOKALIKE_LIBTENSORFLOW=${given} is not a libtensorflow: ${problems.join(', ')}`,
    'Let it name a folder with lib/ (libtensorflow_cc.so.2 or libtensorflow.so.2, and libtensorflow_framework.so.2) and include/ of TensorFlow 2.5 or newer, or unset it to have the library downloaded.',
  );
}

/** @param {string} folder */
export function missingParts(folder) {
  const parts = HEADERS.map((header) => `include/${header}`);
  if (LIBRARY) parts.push(`lib/${LIBRARY}`);
  if (process.platform === 'linux') parts.push('lib/libtensorflow_framework.so');
  return parts.filter((part) => !fs.existsSync(path.join(folder, part)));
}

/** @param {string} lib */
function addAliases(lib) {
  if (process.platform !== 'linux') return;
  for (const [alias, names] of Object.entries(ALIASES)) {
    const link = path.join(lib, alias);
    const target = names.find((name) => fs.existsSync(path.join(lib, name)));
    if (target && !fs.existsSync(link)) fs.symlinkSync(target, link);
  }
}
