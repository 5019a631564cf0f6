import { ask } from './graphql-request.js';
import type { RunningServer } from './running-server.js';

export interface Added {
  readonly name: string;
  readonly outcome: string;
  readonly image: { id: string; embedding: string | null } | null;
  readonly refusal: { code: string } | null;
}

/** Adds files as the GraphQL multipart request specification says. */
export async function add(
  server: RunningServer,
  datasetId: string,
  files: readonly { name: string; bytes: Uint8Array; label?: string; split?: string }[],
): Promise<Added[]> {
  const query = `mutation ($datasetId: ID!, $images: [NewImageInput!]!) {
    addImages(datasetId: $datasetId, images: $images) {
      name outcome image { id embedding } refusal { code } } }`;
  const images = files.map(({ bytes: _, ...words }) => ({ ...words, file: null }));
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { datasetId, images } }));
  const paths = files.map((_, at) => [String(at), [`variables.images.${at}.file`]]);
  form.set('map', JSON.stringify(Object.fromEntries(paths)));
  files.forEach(({ bytes }, at) => form.set(String(at), new Blob([new Uint8Array(bytes)]), 'x'));
  const headers = { 'apollo-require-preflight': 'true' };
  const response = await server.fetch('/graphql', { method: 'POST', body: form, headers });
  const answer = (await response.json()) as { data?: { addImages: Added[] }; errors?: unknown };
  if (!answer.data) throw new Error(JSON.stringify(answer.errors));
  return answer.data.addImages;
}

/** The ids of all that are found for an image, nearest first. */
export async function similarTo(server: RunningServer, imageId: string): Promise<string[]> {
  const { similarImages } = await ask<{
    similarImages: { neighbours: { image: { id: string } }[] };
  }>(server, `{ similarImages(imageId: "${imageId}", k: 1000) { neighbours { image { id } } } }`);
  return similarImages.neighbours.map(({ image }) => image.id);
}
