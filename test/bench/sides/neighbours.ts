/*
 * How good the neighbours of one architecture are, on Fashion-MNIST: node neighbours.js ARCHITECTURE
 * [LABELS], with the labels of so many images of a kind, or of all. Trained with its usual
 * hyperparameters on all 60,000 training images; the 10,000 test images are the queries.
 */
import { join } from 'node:path';
import { readIdxFile } from '../../../server/adapters/dataset-source/idx/idx-file.js';
import { ARCHITECTURES } from '../../../server/domain/architectures/registry.js';
import { completeHyperparameters } from '../../../server/domain/architecture.js';
import { inputSpecFor } from '../../../server/domain/input-spec.js';
import { seededRandom, shuffledIndices } from '../../../server/domain/random.js';
import { createExactSearch } from '../../../server/ml/exact-search.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { neighbourScores } from '../../../server/services/neighbour-scores.js';
import { answerRequests } from '../harness/conversation.js';
import type { NeighbourQuality } from '../harness/neighbour-rows.js';
import { fashionMnistDirectory } from '../harness/prepared-data.js';

const SIDE = 28;
/** Of the choice of the few images that have a label. */
const SEED = 1;

const [name = '', ofAKind] = process.argv.slice(2);
const train = await pictures('train');
const test = await pictures('t10k');
const labels = ofAKind === undefined ? train.labels : fewOf(train.labels, Number(ofAKind));

await answerRequests(async (): Promise<NeighbourQuality> => {
  const architecture = ARCHITECTURES.find((candidate) => candidate.name === name);
  if (!architecture) throw new Error(`There is no architecture "${name}".`);
  const hyperparameters = completeHyperparameters(architecture, {});
  const network = (await createNetworks()).create({
    architecture: name,
    hyperparameters,
    input: inputSpecFor({ width: SIDE, height: SIDE, channels: 1 }),
  });
  const epochs = hyperparameters['epochs'] ?? 1;
  const started = performance.now();
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const loss = await network.trainEpoch({ ...train, labels }, noWait);
    process.stderr.write(`${name}: epoch ${epoch} of ${epochs}, loss ${loss.toFixed(4)}\n`);
  }
  const search = await createExactSearch();
  const scoresNow = async () => {
    const rowsOf = async (set: typeof train) => ({
      imageIds: set.labels.map((_, place) => place + 1),
      labels: set.labels,
      vectors: await network.encode(set),
    });
    const [queries, base] = [await rowsOf(test), await rowsOf(train)];
    return neighbourScores(
      ...([search, queries, base, network.latentSize, noWait, test.count] as const),
    );
  };
  const trained = (performance.now() - started) / 1000;
  const settles = (hyperparameters['labelWeight'] ?? 0) > 0;
  const unsettled = settles ? await scoresNow() : null;
  const settling = performance.now();
  await network.settle({ ...train, labels }, noWait);
  const trainingSeconds = trained + (performance.now() - settling) / 1000;
  const scores = await scoresNow();
  if (!scores) throw new Error('nothing was measured');
  return { ...scores, unsettled: unsettled?.precisionAt10 ?? null, trainingSeconds };
});

async function noWait(): Promise<void> {
  // Nobody waits.
}

async function pictures(prefix: string) {
  const file = (kind: string) => join(fashionMnistDirectory(), `${prefix}-${kind}-ubyte.gz`);
  const images = await readIdxFile(file('images-idx3'));
  const { data } = await readIdxFile(file('labels-idx1'));
  return {
    count: data.length,
    pixels: images.data,
    labels: Array.from(data, (label): string | null => String(label)),
  };
}

/** So many of each kind keep their labels. */
function fewOf(all: readonly (string | null)[], most: number): (string | null)[] {
  const few = all.map((): string | null => null);
  const counts = new Map<string | null, number>();
  for (const place of shuffledIndices(all.length, seededRandom(SEED))) {
    const label = all[place] ?? null;
    const count = counts.get(label) ?? 0;
    if (count >= most) continue;
    counts.set(label, count + 1);
    few[place] = label;
  }
  return few;
}
