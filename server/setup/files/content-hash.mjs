// @ts-check
// Fingerprints from contents, not from times: a checkout sets new times on old files.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * @param {string} base paths are taken, and hashed, relative to this folder
 * @param {string[]} entries files and folders; one that is missing counts as missing
 * @param {(relative: string) => boolean} [ignore]
 * @returns {string}
 */
export function hashContents(base, entries, ignore = () => false) {
  const hash = createHash('sha256');
  /** @param {string} relative */
  const add = (relative) => {
    if (ignore(relative)) return;
    const full = path.join(base, relative);
    const stat = fs.statSync(full, { throwIfNoEntry: false });
    if (!stat) hash.update(`missing ${relative}\0`);
    else if (stat.isDirectory()) {
      for (const name of fs.readdirSync(full).sort()) add(path.posix.join(relative, name));
    } else if (stat.isFile()) {
      hash.update(`${relative}\0${stat.size}\0`).update(fs.readFileSync(full));
    }
  };
  entries.forEach(add);
  return hash.digest('hex');
}
