import { inBatches } from '../domain/batches.js';
import type { Model } from '../domain/model.js';
import type { InvalidEmbedding } from '../ports/inventory.js';
import type { Findings, Tally, VerificationParts } from './verification-findings.js';

const EMBEDDED_AT_A_TIME = 256;

/** Embeddings that are damaged, missing under the active model, or of a model that is gone. */
export async function* embeddingFindings(parts: VerificationParts, tally: Tally): Findings {
  const { inventory, models, embeddings, isAlone } = parts;
  for (const model of await models.list(null)) {
    const invalid: InvalidEmbedding[] = [];
    for await (const batch of inventory.embeddings(model.id, model.latentSize)) {
      tally.embeddings += batch.sound.length + batch.invalid.length;
      invalid.push(...batch.invalid);
    }
    const [first] = invalid;
    if (!first) continue;
    yield {
      kind: 'EMBEDDING_INVALID',
      what:
        `${invalid.length} embeddings of model ${model.id} are damaged; ` +
        `the first is of image ${first.imageId}: ${first.reason}`,
      repair: async () => {
        const imageIds = invalid.map(({ imageId }) => imageId);
        await inventory.forgetEmbeddings(model.id, imageIds);
        return embed(parts, model, imageIds);
      },
    };
  }
  // A server embeds what has come in beside its other work, and clears up after deletions.
  if (!isAlone) return;
  yield* missing(parts);
  const orphans = await inventory.orphanedEmbeddings();
  if (orphans === 0) return;
  yield {
    kind: 'EMBEDDINGS_ORPHANED',
    what: `${orphans} embeddings are of models that are gone`,
    repair: async () => {
      await embeddings.deleteOrphans();
      return (await inventory.orphanedEmbeddings()) === 0;
    },
  };
}

/** Every image has an embedding under the active model of its dataset, or the reason why not. */
async function* missing(parts: VerificationParts): Findings {
  const { datasets, models, images } = parts;
  for (const { id, name, status, activeModelId } of await datasets.list()) {
    const model = activeModelId === null ? null : await models.byId(activeModelId);
    if (!model || status === 'DELETING') continue;
    const imageIds = await images.idsToEmbed(id, model.id, 0, Number.MAX_SAFE_INTEGER);
    if (imageIds.length === 0) continue;
    yield {
      kind: 'EMBEDDINGS_MISSING',
      what:
        `${imageIds.length} images of dataset ${name} are not embedded under its model ${model.id} yet; ` +
        'a running server does that too',
      repair: () => embed(parts, model, imageIds),
    };
  }
}

/** False where one came to nothing. */
async function embed(
  { bulk, embeddings }: VerificationParts,
  model: Model,
  imageIds: readonly number[],
): Promise<boolean> {
  let isWhole = true;
  for (const batch of inBatches(imageIds, EMBEDDED_AT_A_TIME)) {
    const embedded = await bulk.embedImages(model, batch);
    await embeddings.putMany(model.id, embedded.embeddings);
    await embeddings.putFailures(model.id, embedded.failures);
    isWhole &&= embedded.failures.length === 0;
  }
  return isWhole;
}
