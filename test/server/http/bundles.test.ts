import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { serveBundle, type Noted } from '../../../server/http/bundles.js';
import { pathOf } from '../../../server/http/request-path.js';
import { mixedDataset } from '../services/bundle-dataset.js';
import { exported, openBundleWorld } from '../services/bundle-world.js';

const HEADERS = { 'content-type': 'application/zip', 'apollo-require-preflight': 'true' };

const noted: Noted = (_action, _subjectOf, work) => work();

/** A world over HTTP, with what came of each request in the server. */
async function served() {
  const world = await openBundleWorld();
  const answers: Promise<boolean>[] = [];
  const server = createServer((request, response) => {
    const path = pathOf(request.url);
    const answer = serveBundle(world.exports, world.imports, noted, request, response, path);
    answers.push(answer);
    answer.then(
      (isMine) => isMine || response.writeHead(418).end(),
      () => response.destroy(),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { world, url, answers };
}

function post(
  url: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = HEADERS,
) {
  return fetch(url, { method: 'POST', body, headers });
}

it('a dataset is sent as a zip with a name, and taken in again', async () => {
  const { world, url } = await served();
  const id = await mixedDataset(world);
  const response = await fetch(`${url}/datasets/${id}/bundle`);
  const date = new Date().toISOString().slice(0, 10);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="mixed-${date}.zip"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const bundle = new Uint8Array(await response.arrayBuffer());

  const taken = await post(`${url}/bundles?name=again&title=Once%20more`, bundle);
  expect(taken.status).toBe(202);
  const { datasetId } = (await taken.json()) as { datasetId: string };
  await world.imports.ended();
  expect(await world.datasets.byId(Number(datasetId))).toMatchObject({
    ...{ name: 'again', title: 'Once more', status: 'READY', importedCount: 5 },
  });
});

it('what goes wrong is told by code and status', async () => {
  const { world, url } = await served();
  const id = await mixedDataset(world);
  await world.datasets.findOrCreate('coming', 'Coming');
  const bundle = new Uint8Array(await exported(world, id));
  const untyped = { ...HEADERS, 'content-type': 'text/plain' };
  const cases: [() => Promise<Response>, number, string][] = [
    [() => fetch(`${url}/datasets/77/bundle`), 404, 'DATASET_NOT_FOUND'],
    [() => fetch(`${url}/datasets/${id + 1}/bundle`), 409, 'DATASET_NOT_READY'],
    [() => post(`${url}/datasets/${id}/bundle`, bundle), 405, 'REQUEST_INVALID'],
    [() => fetch(`${url}/bundles`), 405, 'REQUEST_INVALID'],
    [
      () => post(`${url}/bundles`, bundle, { 'content-type': 'application/zip' }),
      400,
      'REQUEST_INVALID',
    ],
    [() => post(`${url}/bundles`, bundle, untyped), 400, 'REQUEST_INVALID'],
    [() => post(`${url}/bundles`, bundle), 409, 'DATASET_NAME_TAKEN'],
    [() => post(`${url}/bundles?name=mixed`, bundle), 409, 'DATASET_NAME_TAKEN'],
    [() => post(`${url}/bundles?name=No%20name`, bundle), 400, 'DATASET_NAME_INVALID'],
    [() => post(`${url}/bundles?name=x&title=${'y'.repeat(101)}`, bundle), 400, 'INVALID_ARGUMENT'],
    [() => post(`${url}/bundles?name=x`, bundle.slice(0, 900)), 422, 'BUNDLE_INVALID'],
    [() => post(`${url}/bundles?name=x`, new Uint8Array(0)), 422, 'BUNDLE_INVALID'],
  ];
  for (const [answer, status, code] of cases) {
    const response = await answer();
    const told = (await response.json()) as { code: string; message: string };
    expect([response.status, told.code]).toEqual([status, code]);
    expect(told.message.length).toBeGreaterThan(20);
  }
  expect(await world.incoming()).toEqual([]);
  expect(await world.datasets.list()).toHaveLength(2);
});

it('a large bundle that is refused early does not cost the client its answer', async () => {
  const { world, url } = await served();
  await mixedDataset(world);
  const response = await post(`${url}/bundles?name=mixed`, new Uint8Array(30_000_000));
  expect(response.status).toBe(409);
});

it('other paths are left to others, and the headers alone can be asked for', async () => {
  const { world, url } = await served();
  const id = await mixedDataset(world);
  for (const path of ['/bundles/', '/datasets/1', '/datasets/x/bundle', '/datasets/1/bundle/x']) {
    expect((await fetch(`${url}${path}`)).status).toBe(418);
  }
  const head = await fetch(`${url}/datasets/${id}/bundle`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/zip']);
});

it('an upload that breaks off leaves nothing', async () => {
  const { world, url, answers } = await served();
  const bundle = await exported(world, await mixedDataset(world));
  const request = send(`${url}/bundles?name=half`, {
    ...{ method: 'POST', headers: { ...HEADERS, 'content-length': bundle.length } },
  });
  request.on('error', () => undefined);
  request.write(bundle.subarray(0, bundle.length / 2));
  while ((await world.incoming()).length === 0) await wait(2);
  request.destroy();
  await expect(answers[0]).resolves.toBe(true);
  expect(await world.incoming()).toEqual([]);
  expect(await world.datasets.byName('half')).toBeNull();
});

it('a client that goes away ends the export', async () => {
  const { world, url, answers } = await served();
  const { datasets, writer } = world;
  const dataset = await datasets.create('large', 'Large');
  const shape = { format: 'RAW', width: 3000, height: 3000, channels: 1, hasAlpha: false } as const;
  await writer.add(
    dataset?.id ?? 0,
    Array.from({ length: 8 }, (_, at) => ({
      ...{ name: `${at}`, label: null, split: null, metadata: [], known: shape },
      bytes: async () => new Uint8Array(9_000_000).fill(at),
    })),
  );
  const request = send(`${url}/datasets/${dataset?.id}/bundle`).end();
  request.on('error', () => undefined);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => undefined);
  await once(response, 'data');
  response.pause();
  let isSent = false;
  void answers[0]?.finally(() => (isSent = true));
  await wait(200);
  // The client takes no more, and so the server does not send it all.
  expect(isSent).toBe(false);
  response.destroy();
  await expect(answers[0]).resolves.toBe(true);
});
