import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HnswlibIndexes } from '../../server/adapters/vector-index/hnswlib/indexes.js';
import { temporaryFolder } from './temporary-folder.js';
import { vectorIndexRemovalCases } from './vector-index-removal.cases.js';
import { vectorIndexesCases, type IndexesUnderTest } from './vector-indexes.cases.js';

/** What can happen to the folder of an index, `graph` and `manifest` being its files. */
const HNSWLIB_HARMS: Readonly<Record<string, (graph: string, manifest: string) => Promise<void>>> =
  {
    'a flipped bit in its header': (graph) => flipBit(graph, 4),
    'a flipped bit in its links': async (graph) => {
      await flipBit(graph, (await readFile(graph)).length - 100);
    },
    'its file cut to half': async (graph) => {
      await truncate(graph, Math.floor((await readFile(graph)).length / 2));
    },
    'an empty file': (graph) => truncate(graph, 0),
    'no graph': (graph) => rm(graph),
    'no manifest': (_, manifest) => rm(manifest),
    'a manifest that is no JSON': (_, manifest) => writeFile(manifest, '{"dimension":'),
    'a manifest that tells another checksum': (_, manifest) =>
      retell(manifest, { sha256: '0'.repeat(64) }),
    'a manifest that tells a smaller dimension': (_, manifest) =>
      retell(manifest, { dimension: 6 }),
    'a manifest that tells a larger dimension': (_, manifest) =>
      retell(manifest, { dimension: 90_016 }),
    'a manifest that tells a larger size': (_, manifest) => retell(manifest, { size: 900 }),
  };

const ADAPTERS = [['hnswlib', openHnswlib, Object.keys(HNSWLIB_HARMS)]] as const;

describe.each(ADAPTERS)('the vector indexes of %s', (_, open, harms) => {
  vectorIndexesCases(open, harms);
  vectorIndexRemovalCases(open);
});

it('an unfinished build of hnswlib is listed, cannot be opened, and can be deleted', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'left-behind.tmp'));
  await writeFile(join(folder, 'left-behind.tmp', 'graph.hnsw'), 'half a graph');
  const indexes = new HnswlibIndexes(folder);
  expect(await indexes.list()).toEqual(['left-behind.tmp']);
  await expect(indexes.open('left-behind.tmp')).rejects.toMatchObject({ code: 'INDEX_CORRUPT' });
  await indexes.delete('left-behind.tmp');
  expect(await indexes.list()).toEqual([]);
});

async function openHnswlib(): Promise<IndexesUnderTest> {
  const folder = await temporaryFolder();
  const harms = Object.entries(HNSWLIB_HARMS).map(
    ([name, harm]) =>
      [
        name,
        (id: string) => harm(join(folder, id, 'graph.hnsw'), join(folder, id, 'manifest.json')),
      ] as const,
  );
  return { indexes: new HnswlibIndexes(folder), harms: new Map(harms) };
}

async function flipBit(path: string, position: number): Promise<void> {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(position) ^ 4, position);
  await writeFile(path, bytes);
}

async function retell(manifest: string, changes: object): Promise<void> {
  const told = JSON.parse(await readFile(manifest, 'utf8')) as object;
  await writeFile(manifest, JSON.stringify({ ...told, ...changes }));
}
