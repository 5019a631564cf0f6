import type { InputSpec, Model } from '../../../server/domain/model.js';
import { createNetworks } from '../../../server/ml/networks.js';
import type { Blobs } from '../../../server/ports/blobs.js';
import { trainedModel } from '../../contract/metadata/rows.js';
import type { Metadata } from '../../contract/metadata/metadata.js';
import { recipeOf } from '../ml/pictures.js';

/** A model whose network is real, although it has learned nothing. It has no indexes. */
export async function untaughtModel(
  stores: Metadata & { readonly blobs: Blobs },
  input: InputSpec,
): Promise<Model> {
  const recipe = recipeOf({}, input);
  const network = (await createNetworks()).create(recipe);
  const id = await trainedModel(stores, {
    ...recipe,
    latentSize: network.latentSize,
    layers: network.layers,
    weightsBlobId: await stores.blobs.put(await network.weights('test')),
    indexes: [],
  });
  network.dispose();
  const model = await stores.models.byId(id);
  if (!model) throw new Error('The model is gone.');
  return model;
}
