// @ts-check
// A server from nothing to a first answer, on the Node that runs this file: tables are made, pictures are taken
// in, TensorFlow trains on them, and a search by picture finds them.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { root } from '../repository.mjs';
import { setUp } from '../runner/setup-session.mjs';
import { buildServer } from '../steps/build-server.mjs';
import { dependencies } from '../steps/dependencies.mjs';
import { libtensorflow } from '../steps/libtensorflow.mjs';

const KEY = 'key-of-the-smoke-test-0123456789-0123456789';
const START_MS = 120_000;
const TRAINING_MS = 180_000;
const SIDE = 16;

await setUp([dependencies, libtensorflow, buildServer]);
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lookalike-smoke-'));
const server = start(directory);
try {
  const url = await server.url;
  const ask = asking(url);
  const { createDataset: dataset } = await ask('mutation { createDataset(name: "smoke") { id } }');
  const images = Array.from({ length: 12 }, (_, at) => ({
    ...{ name: `${at}.png`, split: at < 10 ? 'TRAIN' : 'TEST', file: null },
  }));
  const { addImages: added } = await ask(
    `mutation ($images: [NewImageInput!]!) {
      addImages(datasetId: "${dataset.id}", images: $images) { refusal { message } } }`,
    { images },
    images.map((_, at) => [`variables.images.${at}.file`, picture(at)]),
  );
  if (added.some((/** @type {{ refusal: unknown }} */ { refusal }) => refusal)) {
    throw new Error(`refused ${JSON.stringify(added)}`);
  }
  const { startTraining: run } = await ask(`mutation { startTraining(input: {
    datasetId: "${dataset.id}", architecture: "pixel-components" }) { id } }`);
  await ended(ask, run.id);
  const { similarImagesToUpload: found } = await ask(
    `query ($file: Upload!) { similarImagesToUpload(datasetId: "${dataset.id}", file: $file, k: 3) {
      neighbours { similarity image { name } } } }`,
    { file: null },
    [['variables.file', picture(5)]],
  );
  const [first] = found.neighbours;
  if (first?.image.name !== '5.png') throw new Error(`found ${JSON.stringify(found)}`);
  console.log(`On Node ${process.versions.node}: pictures taken in, trained on, and found.`);
} catch (error) {
  console.error(server.output());
  throw error;
} finally {
  await server.stop();
  fs.rmSync(directory, { recursive: true, force: true });
}

/** @param {string} dataDirectory */
function start(dataDirectory) {
  const child = spawn(process.execPath, [path.join(root, 'build', 'server', 'main.js')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...{ LOOKALIKE_DATA_DIR: dataDirectory, LOOKALIKE_FIRST_START: 'empty' },
      ...{ LOOKALIKE_ADMIN_KEY: KEY, PORT: '0', NODE_ENV: 'production' },
    },
  });
  let output = '';
  const exit = new Promise((resolve) => child.once('exit', resolve));
  /** @type {Promise<string>} */
  const url = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server did not start')), START_MS);
    const read = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
      const found = /Lookalike is at (http:\S+)/.exec(output)?.[1];
      if (found) {
        clearTimeout(timer);
        resolve(found);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error('the server ended')));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await exit;
  };
  return { url, stop, output: () => output };
}

/** @param {string} url */
function asking(url) {
  /**
   * @param {string} query
   * @param {object} [variables] null where a file belongs
   * @param {[string, Buffer][]} [files] by where they belong
   * @returns {Promise<any>}
   */
  return async (query, variables = {}, files = []) => {
    const form = new FormData();
    form.set('operations', JSON.stringify({ query, variables }));
    form.set('map', JSON.stringify(Object.fromEntries(files.map(([place], at) => [at, [place]]))));
    files.forEach(([, bytes], at) => {
      form.set(String(at), new Blob([new Uint8Array(bytes)]), `${at}.png`);
    });
    const headers = { authorization: `Bearer ${KEY}`, 'apollo-require-preflight': 'true' };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: form });
    const { data, errors } = await response.json();
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return data;
  };
}

/**
 * @param {ReturnType<typeof asking>} ask
 * @param {string} runId
 */
async function ended(ask, runId) {
  const until = Date.now() + TRAINING_MS;
  while (Date.now() < until) {
    const { trainingRun } = await ask(
      `{ trainingRun(id: "${runId}") { status failure { message } } }`,
    );
    if (trainingRun.status === 'SUCCEEDED') return;
    if (trainingRun.status === 'FAILED') throw new Error(trainingRun.failure.message);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the training did not end');
}

/**
 * A PNG of coloured stripes, other ones for every number (PNG specification, chunks IHDR, IDAT, IEND).
 * @param {number} number
 */
function picture(number) {
  const rows = Array.from({ length: SIDE }, (_, y) => [
    0,
    ...Array.from({ length: SIDE }, (_, x) =>
      ((x >> (number % 4)) + (y >> (number % 3))) % 2 ? 20 * number : 255,
    ),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header.writeUInt8(8, 8);
  const chunk = (/** @type {string} */ type, /** @type {Buffer} */ data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
