import { Client, fetchExchange } from 'urql';
import { graphql } from './graphql';
import { apiErrorOf } from './api-error';
import type { SendBatch } from './import-session';
import { troubleOf } from './import-trouble';

const AddImagesDocument = graphql(`
  mutation AddImages($datasetId: ID!, $images: [NewImageInput!]!) {
    addImages(datasetId: $datasetId, images: $images) {
      name
      outcome
      refusal {
        code
        message
      }
    }
  }
`);

let shared: Client | null = null;

/** Without the cache of the pages: ten answers a second would have them ask anew each time. */
function client(): Client {
  shared ??= new Client({
    url: '/graphql',
    exchanges: [fetchExchange],
    preferGetMethod: false,
    fetchOptions: { headers: { 'apollo-require-preflight': 'true' } },
  });
  return shared;
}

/** Sends a batch to the API. */
export const sendBatch: SendBatch = async (datasetId, files) => {
  const images = files.map(({ file, name, label, split, metadata }) => ({
    file,
    name,
    label,
    split,
    metadata: [...metadata],
  }));
  const { data, error } = await client()
    .mutation(AddImagesDocument, { datasetId, images })
    .toPromise();
  if (error) {
    const { code, message } = apiErrorOf(error, true);
    throw troubleOf(code, message);
  }
  if (!data) throw troubleOf('SERVER_UNREACHABLE', 'The server gave no answer. Trying again …');
  return data.addImages;
};
