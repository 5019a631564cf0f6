// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { hashContents } from '../files/content-hash.mjs';
import { SetupError } from '../runner/setup-error.mjs';
import { canInstallDebianPackages, installDebianPackages } from './debian-packages.mjs';
import { nodeGypCommand, nodeHeaders, npmEnvironment } from './npm-program.mjs';
import { findProgram } from './programs-on-path.mjs';

/** What node-gyp needs, by the Debian package that brings it. */
const BUILD_TOOLS = { python3: 'python3', make: 'make', 'c++': 'g++' };

/** make calls g++ unless it is told; c++ is whatever compiler the machine has. */
export function compilerNames() {
  const { CC = 'cc', CXX = 'c++' } = process.env;
  return findProgram('g++') ? {} : { CC, CXX };
}

/**
 * Compiles a package from source. Directly with node-gyp rather than `npm rebuild`, which by the
 * npm in use may skip the script of a package that its allow-list does not name, and still exit 0.
 * @param {import('../runner/step-report.mjs').StepReport} report
 * @param {{ packageDir: string, result: string, gypArgs?: string[] }} addon result: the .node file
 */
export async function compileAddon(report, { packageDir, result, gypArgs = [] }) {
  await ensureBuildTools(report);
  const headers = nodeHeaders();
  const args = ['rebuild', '--jobs=max', ...(headers ? [`--nodedir=${headers}`] : []), ...gypArgs];
  const options = { cwd: packageDir, env: { ...npmEnvironment(), ...compilerNames() } };
  await report
    .phase(`compiling ${path.basename(packageDir)}`, () =>
      report.command(process.execPath, [...nodeGypCommand(), ...args], options),
    )
    .catch((error) => {
      throw new SetupError(
        `${path.basename(packageDir)} did not compile: ${error.message}`,
        'The log names the error. Check that a C++17 compiler (GCC 9 or newer, or Clang), make and python3 work (Debian: apt-get install build-essential python3; macOS: xcode-select --install).',
      );
    });
  if (!fs.existsSync(result)) throw new Error(`node-gyp ended well but left no ${result}`);
}

/** The folder that node-gyp makes beside the sources. */
const PRODUCTS = 'build';

/**
 * Copies the sources of an addon of our own to where it is compiled; what was compiled there goes.
 * @param {string} sources
 * @param {string} packageDir
 * @returns {boolean} whether they were not there, or others
 */
export function copyAddonSources(sources, packageDir) {
  const names = fs.readdirSync(sources);
  // What is no source any more may still be included by one that is.
  const isThere = fs.existsSync(packageDir);
  const gone = (isThere ? fs.readdirSync(packageDir) : []).some(
    (name) => name !== PRODUCTS && !names.includes(name),
  );
  if (!gone && hashContents(packageDir, names) === hashContents(sources, names)) return false;
  fs.rmSync(packageDir, { recursive: true, force: true });
  fs.cpSync(sources, packageDir, { recursive: true });
  return true;
}

/** @param {import('../runner/step-report.mjs').StepReport} report */
async function ensureBuildTools(report) {
  if (process.platform === 'win32') return; // node-gyp looks for Visual Studio itself and says so
  const missing = Object.entries(BUILD_TOOLS).filter(([program]) => !findProgram(program));
  if (missing.length === 0) return;
  const packages = missing.map(([, debianPackage]) => debianPackage);
  if (canInstallDebianPackages()) return installDebianPackages(report, packages);
  throw new SetupError(
    `to compile native packages this machine lacks: ${missing.map(([program]) => program).join(', ')}`,
    `Install them (Debian: apt-get install ${packages.join(' ')}; macOS: xcode-select --install) and run again.`,
  );
}
