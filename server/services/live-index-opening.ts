import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { inBatches } from '../domain/batches.js';
import { notFound } from '../domain/errors.js';
import type { Split } from '../domain/dataset.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { Models } from '../ports/models.js';
import type { VectorIndexes } from '../ports/vector-indexes.js';
import { SplitIndex, type OpenedIndex } from './live-index.js';

/** Vectors to read before the event loop gets a turn: some 10 ms. */
const READ_AT_A_TIME = 500;

export interface IndexStores {
  readonly models: Models;
  readonly store: VectorIndexes;
  readonly embeddings: Embeddings;
}

/**
 * Loads the index of a split and brings it into step with the table of embeddings: what is missing is
 * added, what is gone there is removed.
 * @throws LookalikeError INDEX_CORRUPT, MODEL_NOT_FOUND
 */
export async function openLiveIndex(
  stores: IndexStores,
  modelId: number,
  split: Split,
): Promise<SplitIndex> {
  const { opened, dimension } = await loadGraph(stores, modelId, split);
  const index = new SplitIndex(opened, dimension);
  const embedded = await stores.embeddings.ids(modelId, split);
  const { missing, extra } = differenceOf(index.ids(), embedded);
  index.remove(extra);
  for (const batch of inBatches(missing, READ_AT_A_TIME)) {
    index.add(await stores.embeddings.findMany(modelId, batch));
    await turnOfTheEventLoop();
  }
  return index;
}

/**
 * What has to come and to go so that `have` becomes `wanted`, in one walk over both in order: sets of a
 * million ids take longer to make than the graph to load.
 * @param wanted ascending
 */
export function differenceOf(
  have: readonly number[],
  wanted: readonly number[],
): { missing: number[]; extra: number[] } {
  const present = Uint32Array.from(have).sort();
  const missing: number[] = [];
  const extra: number[] = [];
  let at = 0;
  for (const id of wanted) {
    for (; at < present.length && (present[at] ?? id) < id; at += 1) extra.push(present[at] ?? 0);
    if (present[at] === id) at += 1;
    else missing.push(id);
  }
  for (const id of present.subarray(at)) extra.push(id);
  return { missing, extra };
}

async function loadGraph(
  { models, store }: IndexStores,
  modelId: number,
  split: Split,
): Promise<{ opened: OpenedIndex | null; dimension: number }> {
  let failedId: string | null = null;
  let failure: unknown = null;
  for (;;) {
    const model = await models.byId(modelId);
    if (!model) throw notFound('MODEL_NOT_FOUND', modelId);
    const dimension = model.latentSize;
    const base = model.indexes.find((index) => index.split === split);
    if (!base) return { opened: null, dimension };
    // One that has been replaced since its row was read is gone, not damaged.
    if (base.id === failedId) throw failure;
    try {
      return { opened: { base, graph: await store.open(base.id) }, dimension };
    } catch (thrown) {
      failedId = base.id;
      failure = thrown;
    }
  }
}
