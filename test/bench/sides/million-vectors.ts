/*
 * An index of synthetic vectors: `{"build": COUNT}` builds one, `{"open": ID}` opens and searches it.
 * Both in processes of their own, for the memory of one is not to be counted for the other:
 * node million-vectors.js FOLDER.
 */
import { HnswlibIndexes } from '../../../server/adapters/vector-index/hnswlib/indexes.js';
import { chooseEf } from '../../../server/domain/recall-curve.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { clusteredVectors } from '../harness/clustered-vectors.js';
import { answerRequests } from '../harness/conversation.js';
import { measureRecall, NEIGHBOURS, type Recall } from '../harness/recall.js';
import { embeddingsOf } from '../harness/vector-file.js';

type Order = { readonly build: number } | { readonly open: string; readonly count: number };

const DIMENSION = 128;
const M = 16;
const EF_CONSTRUCTION = 100;
const QUERIES = 2000;
const RECALL = 0.99;

const [folder = ''] = process.argv.slice(2);
const indexes = new HnswlibIndexes(folder);
const nothing = () => Promise.resolve();

await answerRequests((order: Order) =>
  'build' in order ? build(order.build) : open(order.open, order.count),
);

async function build(count: number) {
  const vectors = clusteredVectors(count, DIMENSION);
  const begun = performance.now();
  const spec = { dimension: DIMENSION, m: M, efConstruction: EF_CONSTRUCTION };
  const { id, byteLength } = await indexes.build(
    spec,
    embeddingsOf(vectors, DIMENSION),
    count,
    nothing,
  );
  return { id, seconds: secondsSince(begun), bytesOnDisk: byteLength / count };
}

async function open(id: string, count: number) {
  const before = process.memoryUsage.rss();
  const begun = performance.now();
  const index = await indexes.open(id);
  const seconds = secondsSince(begun);
  const bytesInMemory = (process.memoryUsage.rss() - before) / count;
  // The queries are drawn after the vectors, from the same clusters.
  const all = clusteredVectors(count + QUERIES, DIMENSION);
  const vectors = all.subarray(0, count * DIMENSION);
  const queries = all.subarray(count * DIMENSION);
  const exact = await createExactSearch();
  const truth = await exact.nearest(queries, vectors, DIMENSION, NEIGHBOURS, nothing);
  return { seconds, bytesInMemory, search: await atRecall(RECALL) };

  /** With as few candidates as reach the recall; the best of three, as they take milliseconds. */
  async function atRecall(wanted: number): Promise<Recall> {
    const measure = (ef: number) => measureRecall(index, queries, DIMENSION, truth, ef);
    const { ef } = await chooseEf(wanted, (tried) => {
      const { recall, queriesPerSecond } = measure(tried);
      return Promise.resolve({ ef: tried, recall, microseconds: 1e6 / queriesPerSecond });
    });
    const tries = [1, 2, 3].map(() => measure(ef));
    const [best] = tries.toSorted((a, b) => b.queriesPerSecond - a.queriesPerSecond);
    if (best && best.recall >= wanted) return best;
    throw new Error(`No number of candidates reaches a recall of ${wanted}.`);
  }
}

function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1000;
}
