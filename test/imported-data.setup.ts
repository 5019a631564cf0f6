import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { TestProject } from 'vitest/node';
import { readIdxFile, type IdxArray } from '../server/adapters/dataset-source/idx/idx-file.js';
import { importEnd } from './integration/import-end.js';
import { startServer } from './integration/running-server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A data directory with all of Fashion-MNIST; tests work on copies. */
    importedData: string;
    /** A data directory with its first 6,000 TRAIN and 1,000 TEST images. */
    smallImportedData: string;
  }
}

const SMALL = { train: 6000, t10k: 1000 } as const;

/** Imports Fashion-MNIST, whole and in part, once for all tests, with the real server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'lookalike-imported-'));
  const whole = process.env['LOOKALIKE_FASHION_MNIST_DIR'] ?? '.cache/fashion-mnist';
  const part = join(directory, 'part');
  await writePart(whole, part);
  project.provide('importedData', await importInto(join(directory, 'all'), whole));
  project.provide('smallImportedData', await importInto(join(directory, 'small'), part));
  return () => rm(directory, { recursive: true, force: true });
}

async function importInto(directory: string, source: string): Promise<string> {
  const server = await startServer(directory, {
    LOOKALIKE_FIRST_START: 'import',
    LOOKALIKE_FASHION_MNIST_DIR: source,
  });
  try {
    const { status, importError } = await importEnd(server);
    if (status !== 'READY') throw new Error(`the import failed: ${importError}`);
  } finally {
    await server.stop();
  }
  return directory;
}

async function writePart(source: string, target: string): Promise<void> {
  await mkdir(target);
  for (const [prefix, count] of Object.entries(SMALL)) {
    for (const name of [`${prefix}-images-idx3-ubyte.gz`, `${prefix}-labels-idx1-ubyte.gz`]) {
      await writeFile(join(target, name), firstOf(await readIdxFile(join(source, name)), count));
    }
  }
}

/** A gzipped IDX file of the first items of an array. */
function firstOf({ shape, data }: IdxArray, count: number): Uint8Array {
  const [length = 0, ...rest] = shape;
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt8(8, 2);
  header.writeUInt8(shape.length, 3);
  [count, ...rest].forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis));
  const items = data.subarray(0, (data.length / length) * count);
  return gzipSync(Buffer.concat([header, items]));
}
