/* Builds and tries an index as a training run does: node index-build.js FOLDER VECTORS QUERIES. */
import { readFileSync } from 'node:fs';
import { HnswlibIndexes } from '../../../server/adapters/vector-index/hnswlib/indexes.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { answerRequests } from '../harness/conversation.js';
import { floatsIn } from '../harness/float-file.js';
import { measureRecall, NEIGHBOURS } from '../harness/recall.js';
import { embeddingsOf } from '../harness/vector-file.js';

export interface IndexOrder {
  readonly dimension: number;
  readonly m: number;
  readonly efConstruction: number;
  readonly ef: number;
}

const [folder = '', vectorsFile = '', queriesFile = ''] = process.argv.slice(2);
const indexes = new HnswlibIndexes(folder);
const vectors = floatsIn(readFileSync(vectorsFile));
const queries = floatsIn(readFileSync(queriesFile));
let truth: Int32Array | undefined;

await answerRequests(async ({ dimension, m, efConstruction, ef }: IndexOrder) => {
  const nothing = () => Promise.resolve();
  truth ??= await (
    await createExactSearch()
  ).nearest(queries, vectors, dimension, NEIGHBOURS, nothing);
  const begun = performance.now();
  const stream = embeddingsOf(vectors, dimension);
  const count = vectors.length / dimension;
  const { id } = await indexes.build({ dimension, m, efConstruction }, stream, count, nothing);
  const seconds = (performance.now() - begun) / 1000;
  const { recall } = measureRecall(await indexes.open(id), queries, dimension, truth, ef);
  await indexes.delete(id);
  return { seconds, recall };
});
