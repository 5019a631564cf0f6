import { FamiliarityService } from '../../../server/services/familiarity.js';
import { ExplanationService } from '../../../server/services/explanation.service.js';
import { colouredShapes } from './coloured-shapes.js';
import { servicesOn } from './search-world.js';
import { openStores } from './stores.js';
import { trained } from './trained.js';

/** Coloured shapes with a model that has been trained on them for a moment. */
export async function seenShapes(count = 48) {
  const stores = await openStores();
  const datasetId = await colouredShapes(stores, count);
  const { model, run } = await trained(stores, datasetId, null, { epochs: 2, batchSize: 12 });
  if (!model) throw new Error(run.failure?.message);
  const services = servicesOn(stores);
  const { models, examples, queries, runtime } = services;
  const [first] = await stores.images.byIds(await stores.images.ids(datasetId, {}));
  if (!first) throw new Error('There are shapes.');
  return {
    ...{ stores, datasetId, model, first },
    firstFile: await stores.blobs.get(first.blobId),
    firstBytes: () => stores.blobs.get(first.blobId),
    ...services,
    explanations: new ExplanationService(models, examples, queries, runtime),
    familiarities: new FamiliarityService(examples, stores.embeddings, runtime),
  };
}
