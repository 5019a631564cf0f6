// @ts-check
// Where things lie. Everything the set-up makes goes under .cache, node_modules, build and web/.next.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const cacheDir = path.join(root, '.cache');
/** Stamps, logs and the lock of the step runner. */
export const stateDir = path.join(cacheDir, 'setup');
export const fashionMnistDir = path.join(cacheDir, 'fashion-mnist');
export const libtensorflowDir = path.join(cacheDir, 'libtensorflow');

/** @param {string[]} parts a path inside node_modules */
export function inNodeModules(...parts) {
  return path.join(root, 'node_modules', ...parts);
}
