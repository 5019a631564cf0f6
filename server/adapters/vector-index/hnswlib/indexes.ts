import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';
import type { Embedding } from '../../../domain/model.js';
import { unitVector } from '../../../domain/query-vector.js';
import type {
  BuiltIndex,
  IndexSpec,
  VectorIndex,
  VectorIndexes,
} from '../../../ports/vector-indexes.js';
import { flush } from '../../flush/flush.js';
import { HnswlibIndex } from './loaded-index.js';
import { nativeGraph, type NativeGraph } from './native-graph.js';
import { isListed, NeighbourLists } from './neighbour-lists.js';
import { asideOf, readLists, writeLists } from './neighbour-lists-file.js';

const GRAPH = 'graph.hnsw';
const MANIFEST = 'manifest.json';
const LISTS = 'neighbours.bin';
/** Vectors that are linked between two words of progress: some 50 ms. Always so many, for the same graph. */
const LINKED_AT_A_TIME = 512;
/** Each vector's level is drawn at random; fixed so that the same vectors give the same graph. */
const LEVEL_SEED = 100;
/** Threads that build: at least one core is left to what answers meanwhile. */
const BUILD_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));

interface Manifest {
  readonly dimension: number;
  readonly size: number;
  readonly byteLength: number;
  /** Of dimension, size and graph: a wrong one would show in no more than wrong answers. */
  readonly sha256: string;
}

/**
 * Indexes in folders of their own, each an HNSW graph (Malkov, Yashunin, arXiv:1603.09320) and a
 * manifest with its checksum. Damage to a vector or a link shows
 * in nothing else, so that no file is loaded unchecked.
 */
export class HnswlibIndexes implements VectorIndexes {
  /**
   * @param threads that build one; it is the same with any number
   * @throws LookalikeError DATA_DIRECTORY_UNUSABLE
   */
  constructor(
    private readonly folder: string,
    private readonly threads = BUILD_THREADS,
  ) {
    try {
      mkdirSync(folder, { recursive: true });
    } catch (thrown) {
      const message = `The folder of indexes ${folder} cannot be made: ${reasonOf(thrown)}`;
      throw new LookalikeError('DATA_DIRECTORY_UNUSABLE', message, { cause: thrown });
    }
  }

  async build(
    spec: IndexSpec,
    vectors: AsyncIterable<readonly Embedding[]>,
    capacity: number,
    onProgress: (done: number) => Promise<void>,
  ): Promise<BuiltIndex> {
    const graph = nativeGraph(spec.dimension);
    graph.create(Math.max(1, capacity), spec.m, spec.efConstruction, LEVEL_SEED, this.threads);
    const unit = new Float32Array(spec.dimension);
    let size = 0;
    for await (const batch of vectors) {
      for (const { imageId, vector } of batch) {
        unitVector(vector, unit);
        graph.add(imageId, unit);
        size += 1;
        if (size % LINKED_AT_A_TIME > 0) continue;
        await graph.link();
        await onProgress(size);
      }
    }
    await graph.link();
    await onProgress(size);
    return this.publish(graph, spec.dimension, size);
  }

  async open(id: string): Promise<VectorIndex> {
    const { graph, manifest } = await this.load(id);
    const stored = () => readLists(join(this.folder, id, LISTS), manifest.sha256);
    return new HnswlibIndex(graph, manifest.dimension, stored);
  }

  async listNeighbours(
    { id, size }: Pick<BuiltIndex, 'id' | 'size'>,
    ef: number,
    onProgress: (done: number) => Promise<void>,
  ): Promise<void> {
    if (!isListed(size)) return;
    const { graph, manifest } = await this.load(id);
    const lists = new NeighbourLists(
      ...([graph, manifest.dimension] as const),
      () => Promise.resolve(null),
      () => true,
    );
    const listed = await lists.all(ef, onProgress);
    await writeLists(join(this.folder, id, LISTS), listed, manifest.sha256);
  }

  async delete(id: string): Promise<void> {
    await rm(join(this.folder, id), { recursive: true, force: true });
  }

  list(): Promise<string[]> {
    return readdir(this.folder);
  }

  /** Deletes what is left of lists whose writing was cut off; nobody may be writing any. */
  async sweepUnfinished(): Promise<void> {
    for (const id of await this.list())
      await rm(asideOf(join(this.folder, id, LISTS)), { force: true });
  }

  /** @throws LookalikeError INDEX_CORRUPT */
  private async load(id: string): Promise<{ graph: NativeGraph; manifest: Manifest }> {
    const file = join(this.folder, id, GRAPH);
    try {
      const text = await readFile(join(this.folder, id, MANIFEST), 'utf8');
      const manifest = JSON.parse(text) as Manifest;
      if ((await checksumOf(file, manifest)) !== manifest.sha256)
        throw new Error('its checksum is wrong');
      const graph = nativeGraph(manifest.dimension);
      await graph.load(file);
      return { graph, manifest };
    } catch (thrown) {
      throw new LookalikeError(
        'INDEX_CORRUPT',
        `Index ${id} cannot be read (${reasonOf(thrown)}). It is rebuilt by a running server; try again in a minute.`,
        { cause: thrown },
      );
    }
  }

  /** Graph and manifest appear together, by the rename of their folder. */
  private async publish(graph: NativeGraph, dimension: number, size: number): Promise<BuiltIndex> {
    const id = randomUUID();
    const aside = join(this.folder, `${id}.tmp`);
    await mkdir(aside);
    const file = join(aside, GRAPH);
    await graph.save(file);
    await flush(file);
    const { size: byteLength } = await stat(file);
    const sha256 = await checksumOf(file, { dimension, size });
    const manifest: Manifest = { dimension, size, byteLength, sha256 };
    await writeManifest(join(aside, MANIFEST), manifest);
    await flush(aside);
    await rename(aside, join(this.folder, id));
    await flush(this.folder);
    return { id, size, byteLength };
  }
}

async function writeManifest(path: string, manifest: Manifest): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(JSON.stringify(manifest));
    await file.sync();
  } finally {
    await file.close();
  }
}

async function checksumOf(
  path: string,
  { dimension, size }: Pick<Manifest, 'dimension' | 'size'>,
): Promise<string> {
  const hash = createHash('sha256').update(`${dimension} ${size} `);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Uint8Array);
  }
  return hash.digest('hex');
}
