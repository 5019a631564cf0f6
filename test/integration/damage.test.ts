import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfImportedData, emptyDirectory, removeDirectory } from './data-directory.js';
import { ask, errorCode } from './graphql-request.js';
import { importEnd } from './import-end.js';
import { failToStart, startServer, type RunningServer } from './running-server.js';
import { runState, startTraining, waitFor, waitForStatus } from './training.js';

const SEARCH = '{ similarImages(imageId: 6001, split: TRAIN) { neighbours { image { id } } } }';

describe('a damaged data directory', () => {
  let directory: string;
  let server: RunningServer;

  beforeAll(async () => {
    directory = await copyOfImportedData('smallImportedData');
    server = await startServer(directory);
    const run = await startTraining(server, { epochs: 2, trainingImages: 1000, batchSize: 100 });
    await waitForStatus(server, run, 'SUCCEEDED');
  });

  afterAll(async () => {
    await server.stop();
    await removeDirectory(directory);
  });

  it('is not used by a second process', async () => {
    const { code, output } = await failToStart(directory);
    expect(code).toBe(1);
    expect(output).toContain('DATA_DIRECTORY_LOCKED');
    expect(await errorCode(server, SEARCH)).toBeUndefined();
  });

  it('has its index rebuilt when a byte of it has flipped, to the same answers', async () => {
    const before = await ask(server, SEARCH);
    await server.stop();
    for (const id of await readdir(join(directory, 'indexes'))) {
      const graph = join(directory, 'indexes', id, 'graph.hnsw');
      const bytes = await readFile(graph);
      const middle = bytes.length >> 1;
      bytes.writeUInt8(bytes.readUInt8(middle) ^ 255, middle);
      await writeFile(graph, bytes);
    }
    server = await startServer(directory);
    expect(await errorCode(server, SEARCH)).toBe('INDEX_CORRUPT');
    while ((await errorCode(server, SEARCH)) === 'INDEX_CORRUPT') {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(await ask(server, SEARCH)).toEqual(before);
  });

  it('fails a run whose checkpoint is damaged, in words, and goes on serving', async () => {
    const run = await startTraining(server, { epochs: 30, trainingImages: 4000, batchSize: 100 });
    await waitFor(server, run, ({ epochsDone }) => epochsDone >= 1);
    await ask(server, `mutation { cancelTraining(runId: ${run}) { id } }`);
    await waitForStatus(server, run, 'CANCELLED');
    await damageLargeBlobs(join(directory, 'blobs'));
    await ask(server, `mutation { resumeTraining(runId: ${run}) { id } }`);
    const state = await waitForStatus(server, run, 'FAILED');
    expect(state.failure?.code).toBe('CHECKPOINT_CORRUPT');
    expect(state.failure?.message).toContain('Start a new run');
    expect(await errorCode(server, SEARCH)).toBeUndefined();
  });
});

it('a damaged IDX file fails the import in words, and a good one mends it', async () => {
  const directory = await emptyDirectory();
  const source = process.env['LOOKALIKE_FASHION_MNIST_DIR'] ?? '.cache/fashion-mnist';
  const files = join(directory, 'idx');
  await mkdir(files);
  await cp(source, files, { recursive: true });
  const labels = join(files, 't10k-labels-idx1-ubyte.gz');
  const whole = await readFile(labels);
  await writeFile(labels, whole.subarray(0, 2000));
  const server = await startServer(join(directory, 'data'), { LOOKALIKE_FASHION_MNIST_DIR: files });
  try {
    const importing = 'mutation { importFashionMnist { id } }';
    await ask(server, importing);
    const failed = await importEnd(server);
    expect(failed.status).toBe('FAILED');
    expect(failed.importError).toContain('IDX_CORRUPT');
    await writeFile(labels, whole);
    await ask(server, importing);
    expect(await importEnd(server)).toEqual({
      status: 'READY',
      importedCount: 70_000,
      importError: null,
    });
    await rm(files, { recursive: true });
  } finally {
    await server.stop();
  }
});

it('wrong settings are all named at once', async () => {
  const { code, output } = await failToStart(await emptyDirectory(), {
    PORT: 'many',
    LOOKALIKE_FIRST_START: 'party',
  });
  expect(code).toBe(1);
  expect(output).toContain('CONFIG_INVALID');
  expect(output).toContain('PORT');
  expect(output).toContain('LOOKALIKE_FIRST_START');
});

it('a missing libtensorflow fails the run in words; pictures and pages are served on', async () => {
  const directory = await copyOfImportedData('smallImportedData');
  const block = join(directory, 'no-libtensorflow.cjs');
  await writeFile(block, REFUSE_LIBTENSORFLOW);
  const server = await startServer(directory, { NODE_OPTIONS: `--require ${block}` });
  try {
    const run = await startTraining(server, { epochs: 1 });
    const { failure } = await waitForStatus(server, run, 'FAILED');
    expect(failure?.code).toBe('LIBTENSORFLOW_MISSING');
    expect(failure?.message).toContain('npm run setup');
    expect((await server.fetch('/images/1')).status).toBe(200);
    expect((await runState(server, run)).status).toBe('FAILED');
  } finally {
    await server.stop();
    await removeDirectory(directory);
  }
});

/** What the loader says where the library is gone. */
const REFUSE_LIBTENSORFLOW = `
const original = process.dlopen;
process.dlopen = function (module, filename, ...rest) {
  if (filename.includes('tfjs_binding')) {
    throw new Error('libtensorflow.so.2: cannot open shared object file');
  }
  return original.call(this, module, filename, ...rest);
};
`;

/** Flips a byte in every blob that is a file of its own: weights and checkpoints. */
async function damageLargeBlobs(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/^[0-9a-f]{64}$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(100) ^ 255, 100);
    await writeFile(path, bytes);
  }
}
