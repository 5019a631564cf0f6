import { readFile } from 'node:fs/promises';
import { seededRandom } from '../../../server/domain/random.js';
import { graphqlRequest, type HttpRequest } from './http-load.js';
import type { ModelForOthers, PreparedData } from './prepared-data.js';

/** Ten neighbours of six fields each. */
export const SIMILAR_IMAGES = `query ($id: ID!) {
  similarImages(imageId: $id, k: 10, split: TRAIN) {
    neighbours { rank distance similarity image { id label url } }
  }
}`;

const MANY = 2000;

/** Images of the TRAIN split, drawn with a fixed seed. */
export async function drawnImages(data: PreparedData, count = MANY): Promise<number[]> {
  const { images } = await modelOf(data);
  const random = seededRandom(7);
  return Array.from({ length: count }, () => {
    const drawn = images[Math.floor(random() * images.length)];
    if (!drawn) throw new Error('There are no images.');
    return drawn.id;
  });
}

export async function modelOf({ modelFile }: PreparedData): Promise<ModelForOthers> {
  return JSON.parse(await readFile(modelFile, 'utf8')) as ModelForOthers;
}

/** Each asks for the neighbours of one image, over GraphQL. */
export async function similarImagesRequests(data: PreparedData): Promise<HttpRequest[]> {
  return (await drawnImages(data)).map((id) => graphqlRequest(SIMILAR_IMAGES, { id: String(id) }));
}

/** The same asked of service.py. */
export async function pythonRequests(data: PreparedData): Promise<HttpRequest[]> {
  return (await drawnImages(data)).map((id) => ({
    method: 'GET',
    path: `/similar/${id}?k=10`,
    headers: {},
    body: '',
  }));
}
