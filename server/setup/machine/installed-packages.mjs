// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[], dependencies?: object, devDependencies?: object }} LockEntry
 * @typedef {Record<string, LockEntry>} LockEntries
 */

/**
 * Whether node_modules already is what the lock file says, going by the record that npm leaves
 * there when it has finished. Saves the reinstallation when only the stamp is missing or old.
 * @param {string} root
 */
export function isInstalled(root) {
  const locked = readEntries(path.join(root, 'package-lock.json'));
  const installed = readEntries(path.join(root, 'node_modules', '.package-lock.json'));
  if (!locked || !installed) return false;
  const { '': project, ...packages } = locked;
  const wanted = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  return (
    isDeepStrictEqual(project?.dependencies, wanted.dependencies) &&
    isDeepStrictEqual(project?.devDependencies, wanted.devDependencies) &&
    Object.entries(packages).every(([name, entry]) => matches(entry, installed[name]))
  );
}

/**
 * @param {LockEntry} locked
 * @param {LockEntry | undefined} installed
 */
function matches(locked, installed) {
  if (!installed) return locked.optional === true && !isMadeForThisMachine(locked);
  return locked.version === installed.version && locked.integrity === installed.integrity;
}

/**
 * Only packages that name a system are asked for: npm leaves out other optional ones for its own reasons.
 * @param {LockEntry} entry
 */
function isMadeForThisMachine({ os, cpu, libc }) {
  const system = os?.includes(process.platform) && cpu?.includes(process.arch);
  return system === true && (libc === undefined || libc.includes(isGlibc() ? 'glibc' : 'musl'));
}

/** False on Alpine and other Linuxes with musl. */
export function isGlibc() {
  const header = /** @type {any} */ (process.report?.getReport())?.header;
  return process.platform === 'linux' && header?.glibcVersionRuntime !== undefined;
}

/**
 * @param {string} lockFile
 * @returns {LockEntries | undefined}
 */
function readEntries(lockFile) {
  try {
    return JSON.parse(fs.readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
