// @ts-check
// `npm start`: everything a fresh clone lacks, then the server in this same process.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fashionMnistDir, root } from './repository.mjs';
import { setUp } from './runner/setup-session.mjs';
import { serverSteps } from './steps.mjs';

const HELP = `npm start [-- --help]

Installs what is missing, builds what changed, then starts the server.

For the server:
  PORT                     the port (4000)
  HOST                     the address it listens on
  LOOKALIKE_DATA_DIR       where datasets, models and indexes are kept (default data)
  LOOKALIKE_FIRST_START    what an empty data directory gets: train (default), import or empty
For the set-up, each optional:
  LOOKALIKE_LIBTENSORFLOW  a folder with lib/ and include/ to use instead of a download
  LOOKALIKE_FASHION_MNIST  a folder with the four .gz files to use instead of a download
Logs and stamps of the set-up: .cache/setup (delete a .json there to repeat its step)`;

if (process.argv.includes('--help') || process.argv.includes('-h')) {
  console.log(HELP);
} else {
  await setUp(serverSteps);
  process.env.LOOKALIKE_FASHION_MNIST_DIR ??= fashionMnistDir;
  // next's types hold NODE_ENV to be read-only.
  if (!process.env.NODE_ENV) Object.assign(process.env, { NODE_ENV: 'production' });
  await import(pathToFileURL(path.join(root, 'build', 'server', 'main.js')).href);
}
