import { readdir } from 'node:fs/promises';
import { AS_ADMIN } from '../integration/admin-key.js';
import { removeDirectory, temporaryDirectory } from '../integration/data-directory.js';
import { ask } from '../integration/graphql-request.js';
import { catsAndDogs } from '../integration/picture-folder.js';
import { startServer, type RunningServer } from '../integration/running-server.js';
import { waitForStatus } from '../integration/training.js';
import { HANGS_MS } from './rounds.js';
import type { Known } from './variables.js';

const IMAGES = 40;

export interface FuzzedServer {
  readonly server: RunningServer;
  /** Headers of a key that may do what a contributor may: what is tried cannot end the fun for the rest. */
  readonly headers: Readonly<Record<string, string>>;
  readonly known: Known;
  /** Sends it. @returns what is wrong with the answer, or null */
  post(body: string | Uint8Array<ArrayBuffer>, contentType: string): Promise<string | null>;
  /** What is wrong with the server after all that, or null. */
  harm(): Promise<string | null>;
  close(): Promise<void>;
}

/** The server as it is built, with a dataset, a model of it, and a key. */
export async function startFuzzedServer(): Promise<FuzzedServer> {
  const directory = await temporaryDirectory();
  const server = await startServer(directory, { LOOKALIKE_RATE_LIMIT: '100000000' });
  const key = await fill(server);
  const headers = { authorization: `Bearer ${key}`, 'apollo-require-preflight': 'true' };
  const before = await readdir(directory);
  return {
    server,
    headers,
    known: { ids: ['1', '2', '3'], names: ['pets', 'cats', 'dogs', 'pixel-components'] },
    post: async (body, contentType) => {
      const response = await fetch(`${server.url}/graphql`, {
        ...{ method: 'POST', body, headers: { ...headers, 'content-type': contentType } },
        signal: AbortSignal.timeout(HANGS_MS),
      });
      return wrongIn(response.status, await response.text());
    },
    harm: async () => {
      const { status } = await server.fetch('/healthz');
      if (status !== 200) return `healthz answers ${status}`;
      // Everything else of an error is told to the client in words.
      const errors = server.output().match(/^.* error: .*$/gm) ?? [];
      if (errors.length > 0) return errors.slice(0, 5).join('\n');
      const query = '{ similarImages(imageId: 1, k: 3) { neighbours { rank } } }';
      const { similarImages } = await ask<{ similarImages: { neighbours: unknown[] } }>(
        server,
        query,
      );
      if (similarImages.neighbours.length !== 3) return 'a search finds no three neighbours';
      const strange = (await readdir(directory)).filter((name) => !before.includes(name));
      return strange.length > 0 ? `there are new files: ${strange.join(', ')}` : null;
    },
    close: async () => {
      await server.stop();
      await removeDirectory(directory);
    },
  };
}

/** An answer that is no JSON, or says that something went wrong within, is wrong. */
function wrongIn(status: number, text: string): string | null {
  const told = `${status} ${text.slice(0, 300)}`;
  try {
    JSON.parse(text);
  } catch {
    return `no JSON: ${told}`;
  }
  return status >= 500 || text.includes('"INTERNAL"') ? told : null;
}

/** @returns the secret of a key */
async function fill(server: RunningServer): Promise<string> {
  await ask(server, 'mutation { createDataset(name: "pets") { id } }');
  const files = Object.entries(await catsAndDogs(IMAGES));
  const images = files.map(([name], at) => ({
    ...{ name, label: name.split('/')[0], split: at % 4 === 0 ? 'TEST' : 'TRAIN', file: null },
  }));
  const form = new FormData();
  const query = `mutation ($images: [NewImageInput!]!) {
    addImages(datasetId: 1, images: $images) { outcome } }`;
  form.set('operations', JSON.stringify({ query, variables: { images } }));
  const paths = files.map((_, at) => [String(at), [`variables.images.${at}.file`]]);
  form.set('map', JSON.stringify(Object.fromEntries(paths)));
  files.forEach(([, bytes], at) =>
    form.set(String(at), new Blob([new Uint8Array(bytes)]), 'x.png'),
  );
  const headers = { ...AS_ADMIN, 'apollo-require-preflight': 'true' };
  await server.fetch('/graphql', { method: 'POST', body: form, headers });
  const training = `mutation { startTraining(input: {
    datasetId: 1, architecture: "pixel-components", hyperparameters: [] }) { id } }`;
  const { startTraining } = await ask<{ startTraining: { id: string } }>(server, training);
  await waitForStatus(server, startTraining.id, 'SUCCEEDED');
  const made = await ask<{ createAccessKey: { secret: string } }>(
    server,
    'mutation { createAccessKey(input: { name: "fuzz", role: CONTRIBUTE }) { secret } }',
  );
  return made.createAccessKey.secret;
}
