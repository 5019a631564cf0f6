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

/** More than are answered in one load: none is asked for twice in it. */
const MANY = 30_000;

/** Different images of the TRAIN split, drawn with a fixed seed. */
export async function drawnImages(data: PreparedData, count = MANY): Promise<number[]> {
  const ids = (await modelOf(data)).images.map(({ id }) => id);
  if (ids.length < count) throw new Error(`There are no ${count} images.`);
  const random = seededRandom(7);
  return Array.from({ length: count }, () => {
    const place = Math.floor(random() * ids.length);
    const [drawn = 0, last = 0] = [ids[place], ids.pop()];
    if (place < ids.length) ids[place] = last;
    return drawn;
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
