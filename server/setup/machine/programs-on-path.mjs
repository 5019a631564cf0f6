// @ts-check
import fs from 'node:fs';
import path from 'node:path';

/**
 * @param {string} name
 * @returns {string | undefined} the full path of the first program with that name on PATH
 */
export function findProgram(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const ending of endings) {
      const file = path.join(folder, name + ending);
      if (folder && isExecutable(file)) return file;
    }
  }
  return undefined;
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * @param {string} folder
 * @returns {NodeJS.ProcessEnv} the environment, with this folder searched first for programs
 */
export function environmentWithFirst(folder) {
  const isPath = (/** @type {string} */ name) => name.toUpperCase() === 'PATH'; // Windows: Path
  const name = Object.keys(process.env).find(isPath) ?? 'PATH';
  return { ...process.env, [name]: [folder, process.env[name]].join(path.delimiter) };
}
