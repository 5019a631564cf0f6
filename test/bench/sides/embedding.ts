/* Embeds all TRAIN images, `encode` or `embed`: node embedding.js WEIGHTS IMAGES. */
import { readFile } from 'node:fs/promises';
import { readIdxFile } from '../../../server/adapters/dataset-source/idx/idx-file.js';
import { createNetworks } from '../../../server/ml/networks.js';
import { readWeightsFile } from '../../../server/ml/weights-file.js';
import { answerRequests } from '../harness/conversation.js';

const [weightsFile = '', imagesFile = ''] = process.argv.slice(2);
const weights = await readFile(weightsFile);
const network = (await createNetworks()).load(readWeightsFile(weights).recipe, weights);
const { shape, data } = await readIdxFile(imagesFile);
const pictures = { count: shape[0] ?? 0, pixels: data };

await answerRequests(async (path: 'encode' | 'embed') => {
  const begun = performance.now();
  const embeddings =
    path === 'encode' ? await network.encode(pictures) : (await network.embed(pictures)).embeddings;
  const seconds = (performance.now() - begun) / 1000;
  return { seconds, first: [...embeddings.subarray(0, network.latentSize)] };
});
