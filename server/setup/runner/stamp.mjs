// @ts-check
// A stamp is the memory of one finished step: the fingerprint of what it was made from.
import fs from 'node:fs';
import path from 'node:path';

/**
 * @param {string} stateDir
 * @param {string} step
 */
function stampFile(stateDir, step) {
  return path.join(stateDir, `${step}.json`);
}

/**
 * @param {string} stateDir
 * @param {string} step
 * @returns {string | undefined} undefined when there is none, or none that can be read
 */
export function readStamp(stateDir, step) {
  try {
    return JSON.parse(fs.readFileSync(stampFile(stateDir, step), 'utf8')).fingerprint;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} stateDir
 * @param {string} step
 * @param {string} fingerprint
 */
export function writeStamp(stateDir, step, fingerprint) {
  const file = stampFile(stateDir, step);
  const temporary = `${file}.${process.pid}.tmp`;
  const stamp = { fingerprint, finishedAt: new Date().toISOString() };
  fs.writeFileSync(temporary, `${JSON.stringify(stamp, null, 2)}\n`);
  fs.renameSync(temporary, file);
}

/**
 * @param {string} stateDir
 * @param {string} step
 */
export function removeStamp(stateDir, step) {
  fs.rmSync(stampFile(stateDir, step), { force: true });
}
