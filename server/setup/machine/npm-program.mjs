// @ts-check
// Which npm and which node-gyp to run, with this very Node: `npx -p node@22 node …` included.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { SetupError } from '../runner/setup-error.mjs';
import { environmentWithFirst, findProgram } from './programs-on-path.mjs';

/** @returns {string} the path of npm-cli.js */
export function npmCli() {
  const binDir = path.dirname(process.execPath);
  const onPath = findProgram('npm');
  const candidates = [
    process.env.npm_execpath, // could be that of pnpm or yarn, hence the test of the name
    path.join(binDir, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(binDir, 'node_modules', 'npm', 'bin', 'npm-cli.js'), // Windows
    onPath && fs.realpathSync(onPath),
  ];
  const found = candidates.find((file) => file?.endsWith('npm-cli.js') && fs.existsSync(file));
  if (found) return found;
  throw new SetupError(
    'npm was not found',
    'Install npm 10 or newer and run the same command again.',
  );
}

/** @returns {string[]} the arguments for Node that start node-gyp */
export function nodeGypCommand() {
  const given = process.env.npm_config_node_gyp;
  if (given && fs.existsSync(given)) return [given];
  const npm = npmCli();
  try {
    return [createRequire(npm).resolve('node-gyp/bin/node-gyp.js')];
  } catch {
    return [npm, 'exec', '--yes', '--', 'node-gyp']; // an npm that was packed without its node-gyp
  }
}

/**
 * The folder that holds include/node for node-gyp; undefined lets node-gyp download the headers.
 * @returns {string | undefined}
 */
export function nodeHeaders() {
  const prefix = path.dirname(path.dirname(process.execPath));
  const nested = path.join(prefix, 'node_modules'); // the npm package `node` keeps them here
  const folders = [prefix];
  if (fs.existsSync(nested))
    folders.push(...fs.readdirSync(nested).map((name) => path.join(nested, name)));
  const found = folders.find((folder) =>
    fs.existsSync(path.join(folder, 'include/node/node_api.h')),
  );
  return found ?? process.env.npm_config_nodedir;
}

/** The environment for npm and node-gyp: what they start must be this Node, not another one on PATH. */
export function npmEnvironment() {
  return environmentWithFirst(path.dirname(process.execPath));
}
