// @ts-check
// schema.graphql and web/gql are generated and committed: the two must not drift from the sources.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../repository.mjs';

const GENERATED = ['schema.graphql', 'web/gql'];

/** @returns {Map<string, string>} contents by path, of all generated files */
export function readGeneratedFiles() {
  /** @type {Map<string, string>} */
  const files = new Map();
  /** @param {string} relative */
  const read = (relative) => {
    const full = path.join(root, relative);
    const stat = fs.statSync(full, { throwIfNoEntry: false });
    if (stat?.isDirectory())
      fs.readdirSync(full).forEach((name) => read(path.posix.join(relative, name)));
    else if (stat) files.set(relative, fs.readFileSync(full, 'base64'));
  };
  GENERATED.forEach(read);
  return files;
}

/**
 * @param {Map<string, string>} before
 * @param {Map<string, string>} after
 * @returns {string[]} the files that are new, gone or different
 */
export function changedFiles(before, after) {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}
