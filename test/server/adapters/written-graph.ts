import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One vector of a graph on disk. */
export interface WrittenNode {
  readonly id: number;
  /** The ids that it links to, by level from 0 on. */
  readonly links: readonly (readonly number[])[];
}

export interface WrittenGraph {
  readonly nodes: readonly WrittenNode[];
  /** The id where a search begins. */
  readonly entry: number;
}

/** Where the numbers of the header lie, and its end. */
const [COUNT, RECORD_BYTES, ID_OFFSET, ENTRY, M, HEADER] = [16, 24, 32, 52, 56, 96];

/** Reads the file of a graph in the folder of an index. */
export async function writtenGraph(folder: string, id: string): Promise<WrittenGraph> {
  const file = await readFile(join(folder, id, 'graph.hnsw'));
  const number = (at: number) => Number(file.readBigUInt64LE(at));
  const [count, recordBytes, idOffset, m] = [COUNT, RECORD_BYTES, ID_OFFSET, M].map(number);
  if (!count || !recordBytes || !idOffset || !m) throw new Error('this graph is empty');
  const idAt = (place: number) => number(HEADER + place * recordBytes + idOffset);
  const listAt = (at: number) =>
    Array.from({ length: file.readUInt32LE(at) }, (_, link) =>
      idAt(file.readUInt32LE(at + 4 * (link + 1))),
    );
  const nodes: WrittenNode[] = [];
  let at = HEADER + count * recordBytes;
  for (let place = 0; place < count; place += 1) {
    const links = [listAt(HEADER + place * recordBytes)];
    const end = at + 4 + file.readUInt32LE(at);
    for (at += 4; at < end; at += 4 * (m + 1)) links.push(listAt(at));
    nodes.push({ id: idAt(place), links });
  }
  return { nodes, entry: idAt(file.readUInt32LE(ENTRY)) };
}
