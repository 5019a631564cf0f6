import { createClient } from 'graphql-ws';
import { expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { ADMIN_KEY } from './admin-key.js';
import { copyOfImportedData, emptyDirectory, removeDirectory } from './data-directory.js';
import { ask, upload } from './graphql-request.js';
import { colouredPicture } from './picture-folder.js';
import { startServer, type RunningServer } from './running-server.js';
import { waitForStatus } from './training.js';

const TELLS_ALL = { LOOKALIKE_LOG: 'json', LOOKALIKE_LOG_LEVEL: 'debug' };
const MY_REQUEST = 'my-request-0001';

interface Line {
  readonly process: string;
  readonly level: string;
  readonly message: string;
  readonly requestId?: string;
  readonly runId?: number;
}

function linesOf(server: RunningServer): Line[] {
  const lines = server.output().trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Line);
}

/** As a program that names its requests, behind a proxy that lets it. */
async function startRun(server: RunningServer): Promise<string> {
  const query = `mutation { startTraining(input: {
    datasetId: 1, architecture: "conv-autoencoder",
    hyperparameters: [{ name: "epochs", value: 2 }, { name: "trainingImages", value: 400 }]
  }) { id } }`;
  const response = await server.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': MY_REQUEST },
    body: JSON.stringify({ query }),
  });
  expect(response.headers.get('x-request-id')).toBe(MY_REQUEST);
  const { data } = (await response.json()) as { data: { startTraining: { id: string } } };
  return data.startTraining.id;
}

it('what a request has started is logged under its id, in the trainer too', async () => {
  const directory = await copyOfImportedData('smallImportedData');
  onTestFinished(() => removeDirectory(directory));
  const settings = { ...TELLS_ALL, LOOKALIKE_TRUSTED_PROXY: 'yes' };
  const server = await startServer(directory, settings);
  onTestFinished(async () => {
    await server.stop();
  });
  const tensors = async () => (await server.fetch('/metrics')).text();
  const run = await startRun(server);
  // While its trainer is there, what that holds is told.
  await expect
    .poll(tensors, { timeout: 60_000, interval: 100 })
    .toMatch(/^lookalike_trainer_tensors [1-9]/m);
  await waitForStatus(server, run, 'SUCCEEDED');
  await searchByUpload(server);
  const metrics = await (await server.fetch('/metrics')).text();
  expect(metrics).toMatch(/^lookalike_child_resident_memory_bytes\{process="embedding"\} [1-9]/m);
  expect(metrics).toMatch(/^lookalike_embed_batch_size_count\{process="embedding"\} [1-9]/m);
  const ready = await fetch(`${server.url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([200, { ready: true, missing: {} }]);
  await server.stop();
  const mine = linesOf(server).filter(({ requestId }) => requestId === MY_REQUEST);
  expect(new Set(mine.map((line) => line.process))).toEqual(new Set(['server', 'trainer']));
  const told = mine.filter((line) => line.process === 'trainer');
  for (const { runId } of told) expect(runId).toBe(Number(run));
  const words = told.map(({ message }) => message).join('\n');
  expect(words).toMatch(/training on 400 images[^]*epoch 1: loss[^]*epoch 2: loss[^]*is active/);
});

it('no secret is logged, however a session goes', async () => {
  const directory = await emptyDirectory();
  const server = await startServer(directory, { ...TELLS_ALL, LOOKALIKE_ADMIN_KEY: '' });
  expect(server.output()).not.toContain('/login#');
  await server.stop();

  const second = await startServer(directory, TELLS_ALL);
  onTestFinished(async () => {
    await second.stop();
  });
  const secrets = [ADMIN_KEY];
  const key = await ask<{ createAccessKey: { secret: string } }>(
    second,
    'mutation { createAccessKey(input: { name: "x", role: SEARCH }) { secret } }',
  );
  secrets.push(key.createAccessKey.secret);
  const headers = { 'content-type': 'application/json' };
  for (const secret of [...secrets, 'lk_not-a-key-but-might-be-one-0123']) {
    const body = JSON.stringify({ key: secret });
    const login = await fetch(`${second.url}/session`, { method: 'POST', headers, body });
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
    const token = cookie.split('=')[1];
    if (token) secrets.push(token);
    // Where secrets belong, and where they do not.
    await fetch(`${second.url}/images/1?key=${secret}`, { headers: { cookie } });
    await fetch(`${second.url}/${secret}`, { headers: { authorization: `Bearer ${secret}` } });
    await fetch(`${second.url}/session`, { method: 'POST', headers, body: `{"key": ${secret}` });
    const query = JSON.stringify({ query: `{ image(id: "${secret}") { id } }` });
    await fetch(`${second.url}/graphql`, {
      ...{ method: 'POST', body: query },
      headers: { ...headers, authorization: `Bearer ${secret}` },
    });
    await subscribe(second, { authorization: `Bearer ${secret}` });
    await fetch(`${second.url}/session`, { method: 'DELETE', headers: { cookie } });
  }
  await second.stop();
  expect(secrets).toHaveLength(4);
  expect(linesOf(second).filter(({ level }) => level === 'debug').length).toBeGreaterThan(15);
  for (const secret of secrets) expect(second.output()).not.toContain(secret);
  expect(second.output()).not.toContain('might-be-one');
});

/** So that the embedding process has something to do. */
async function searchByUpload(server: RunningServer): Promise<void> {
  const query =
    'query ($file: Upload!) { similarImagesToUpload(datasetId: 1, file: $file) { neighbours { rank } } }';
  const { errors } = await upload(server, query, {}, await colouredPicture(1));
  expect(errors).toBeUndefined();
}

/** Follows a run that there is not, with these parameters of the connection. */
async function subscribe(
  { url }: RunningServer,
  connectionParams: { readonly authorization: string },
): Promise<void> {
  const client = createClient({
    ...{ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket },
    ...{ connectionParams, retryAttempts: 0 },
  });
  const news = client.iterate({
    query: 'subscription { trainingProgress(runId: "9") { run { id } } }',
  });
  await news.next().catch(() => undefined);
  await client.dispose();
}
