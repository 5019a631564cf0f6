import { inBatches } from '../domain/batches.js';
import { LookalikeError, reasonOf } from '../domain/errors.js';
import type { Split } from '../domain/dataset.js';
import type { Model, ModelIndex } from '../domain/model.js';
import { unitVector } from '../domain/query-vector.js';
import type { FaultKind } from '../domain/verification.js';
import type { VectorIndex } from '../ports/vector-indexes.js';
import { isSameVector } from './live-index.js';
import type { Findings, Tally, VerificationParts } from './verification-findings.js';

/** Candidates that a search looks at for a vector which it has not found with those of the model. */
const MANY_CANDIDATES = 1000;
const SEARCHED_AT_A_TIME = 256;
const EMBEDDED_AT_A_TIME = 256;
/** Few vectors of a sound graph can be reached from none of the others: below so many it is sound. */
const TOLERATED_SHARE = 0.001;
/** Two vectors of one picture differ by rounding alone. */
const SAME_DISTANCE = 1e-6;

/** What is wrong with an index; null where nothing is. */
interface IndexFault {
  readonly kind: FaultKind;
  readonly what: string;
  /** Images of which either the index or the table has another vector than they have. */
  readonly doubtful?: readonly number[];
}

/**
 * Indexes that cannot be read, that answer with other vectors than the table of embeddings has, or whose
 * vectors a search does not find. What an index has more or less than the table came or went since it was
 * built, and is evened out when it is opened.
 */
export async function* indexFindings(
  parts: VerificationParts,
  tally: Tally,
  onChecked: () => void,
): Findings {
  const { models, bulk } = parts;
  for (const { id, indexes } of await models.list(null)) {
    for (const { split } of indexes) {
      const { fault, unreachable } = await checkedIndex(parts, id, split);
      tally.indexes += 1;
      tally.unreachable += unreachable;
      onChecked();
      if (!fault) continue;
      const { kind, what, doubtful = [] } = fault;
      yield {
        ...{ kind, what },
        repair: async () => {
          if (doubtful.length > 0) {
            await embedAnew(parts, id, doubtful);
            if ((await checkedIndex(parts, id, split)).fault === null) return true;
          }
          await bulk.rebuildIndex({ id }, split);
          return (await checkedIndex(parts, id, split)).fault === null;
        },
      };
    }
  }
  // A build is on the disk before its row is written.
  if (parts.isAlone) yield* orphans(parts);
}

/**
 * An index has a checksum, and the table has none: where they differ the model says who is right. An image
 * that cannot be read any more keeps the vector that it has.
 */
async function embedAnew(
  { models, bulk, embeddings }: VerificationParts,
  modelId: number,
  imageIds: readonly number[],
): Promise<void> {
  const model = await models.byId(modelId);
  if (!model) return;
  for (const batch of inBatches(imageIds, EMBEDDED_AT_A_TIME)) {
    await embeddings.putMany(modelId, (await bulk.embedImages(model, batch)).embeddings);
  }
}

async function* orphans({ models, indexes }: VerificationParts): Findings {
  const published = new Set(
    (await models.list(null)).flatMap((model) => model.indexes.map(({ id }) => id)),
  );
  const orphaned = (await indexes.list()).filter((id) => !published.has(id));
  if (orphaned.length === 0) return;
  yield {
    kind: 'INDEXES_ORPHANED',
    what: `${orphaned.length} indexes belong to no model`,
    repair: async () => {
      for (const id of orphaned) await indexes.delete(id);
      return true;
    },
  };
}

/** The index of a split as its row has it by now. */
async function checkedIndex(
  parts: VerificationParts,
  modelId: number,
  split: Split,
): Promise<{ fault: IndexFault | null; unreachable: number }> {
  const failed = new Map<string, string>();
  for (;;) {
    const model = await parts.models.byId(modelId);
    const row = model?.indexes.find((index) => index.split === split);
    if (!model || !row) return { fault: null, unreachable: 0 };
    const what = `the ${split} index of model ${modelId}`;
    const reason = failed.get(row.id);
    if (reason !== undefined) {
      return {
        fault: { kind: 'INDEX_LOST', what: `${what} cannot be read: ${reason}` },
        unreachable: 0,
      };
    }
    try {
      return await compared(parts, model, row, await parts.indexes.open(row.id), what);
    } catch (thrown) {
      if (!(thrown instanceof LookalikeError && thrown.code === 'INDEX_CORRUPT')) throw thrown;
      // One that a server has replaced since is gone, not lost: its row tells.
      failed.set(row.id, reasonOf(thrown.cause ?? thrown));
    }
  }
}

async function compared(
  { inventory }: VerificationParts,
  model: Model,
  row: ModelIndex,
  graph: VectorIndex,
  what: string,
): Promise<{ fault: IndexFault | null; unreachable: number }> {
  const { size } = graph;
  if (size !== row.size) {
    const told = `${what} holds ${size} vectors instead of ${row.size}`;
    return { fault: { kind: 'INDEX_LOST', what: told }, unreachable: 0 };
  }
  const doubtful: number[] = [];
  for await (const { sound } of inventory.embeddings(model.id, model.latentSize)) {
    for (const { imageId, vector } of sound) {
      const indexed = graph.vectorOf(imageId);
      if (indexed && !isSameVector(indexed, unitVector(vector))) doubtful.push(imageId);
    }
  }
  if (doubtful.length > 0) {
    const told = `${what} holds other vectors of ${doubtful.length} images than the table of embeddings`;
    return { fault: { kind: 'INDEX_STALE', what: told, doubtful }, unreachable: 0 };
  }
  const unreachable = await unreachableIn(graph, row.efSearch);
  if (unreachable <= size * TOLERATED_SHARE) return { fault: null, unreachable };
  const told = `${what}: searches do not find ${unreachable} of its ${size} vectors`;
  return { fault: { kind: 'INDEX_UNREACHABLE', what: told }, unreachable };
}

/** Vectors that a search for themselves does not find, nor another one that is the same. */
async function unreachableIn(graph: VectorIndex, ef: number): Promise<number> {
  const ids = graph.ids();
  let count = 0;
  for (let start = 0; start < ids.length; start += SEARCHED_AT_A_TIME) {
    const batch = ids.slice(start, start + SEARCHED_AT_A_TIME);
    const found = await Promise.all(batch.map((id) => isFound(graph, id, ef)));
    count += found.filter((isThere) => !isThere).length;
  }
  return count;
}

async function isFound(graph: VectorIndex, id: number, ef: number): Promise<boolean> {
  const vector = graph.vectorOf(id);
  // All zeros are as far from each other as from everything else.
  if (!vector || vector.every((number) => number === 0)) return true;
  for (const candidates of [ef, MANY_CANDIDATES]) {
    const [nearest] = await graph.searchAsync(vector, 1, candidates);
    if (nearest && nearest.distance < SAME_DISTANCE) return true;
  }
  return false;
}
