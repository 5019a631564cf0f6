import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { GAUGES } from '../../../../server/domain/gauges.js';
import { bearer } from './asking.js';
import { openWorld, type World } from './world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld({ LOOKALIKE_ANONYMOUS: 'search' });
});

afterAll(() => world.close());

/** The values by name and labels, as they are written. */
async function metrics(): Promise<Map<string, number>> {
  const headers = bearer(await world.keyOf('SEARCH'));
  const response = await fetch(`${world.url}/metrics`, { headers });
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=/);
  const lines = (await response.text()).split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

async function ask(query: string): Promise<void> {
  await fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
}

function count(operation: string, status: string, over = 'http'): string {
  return `lookalike_request_duration_seconds_count{over="${over}",operation="${operation}",status="${status}"}`;
}

it('strangers who may search may not read them', async () => {
  expect((await fetch(`${world.url}/metrics`)).status).toBe(401);
  expect((await fetch(`${world.url}/images/${world.mine.imageId}`)).status).toBe(200);
});

it('requests are counted by what they ask for, whatever clients call it, and known ones too', async () => {
  const before = await metrics();
  for (let time = 0; time < 3; time += 1) await ask(`query Q${time} { datasets { id } }`);
  for (let time = 0; time < 3; time += 1) await ask('{ datasets { id } }');
  await ask('{ nothing }');
  await ask('{ image(id: "999") { id } }');
  await fetch(`${world.url}/images/999`);
  await fetch(`${world.url}/whatever/1`);
  await fetch(`${world.url}/whatever/2`);
  const grown = async (name: string) =>
    ((await metrics()).get(name) ?? 0) - (before.get(name) ?? 0);
  await vi.waitFor(async () => expect(await grown(count('datasets', '200'))).toBe(6));
  expect(await grown(count('graphql', '400'))).toBe(1);
  expect(await grown(count('image', '200'))).toBe(1);
  expect(await grown(count('images', '404'))).toBe(1);
  expect(await grown('lookalike_graphql_errors_total{code="IMAGE_NOT_FOUND"}')).toBe(1);
  const operations = [...(await metrics()).keys()].filter((name) => name.includes('operation='));
  expect(operations.join()).not.toMatch(/whatever|Q1/);
});

it('operations over a WebSocket are counted while they go on, and when they have ended', async () => {
  const headers = bearer(await world.keyOf('SEARCH'));
  const address = `${world.url.replace('http', 'ws')}/graphql`;
  const socket = new WebSocket(address, 'graphql-transport-ws', { headers });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  const query = 'subscription ($id: ID!) { sweepProgress(id: $id) { id } }';
  const subscribe = (id: string) => {
    const payload = { query, variables: { id } };
    socket.send(JSON.stringify({ id: `of ${id}`, type: 'subscribe', payload }));
  };
  subscribe('999');
  await vi.waitFor(async () => {
    const found = await metrics();
    expect(found.get(count('sweepProgress', 'error', 'websocket'))).toBe(1);
    expect(found.get('lookalike_websockets')).toBe(1);
    expect(found.get('lookalike_subscriptions')).toBe(0);
  });
  socket.terminate();
  await vi.waitFor(async () => expect((await metrics()).get('lookalike_websockets')).toBe(0));
});

it('the gauges tell how datasets, models, runs and processes stand', async () => {
  const found = await metrics();
  const { datasetId: dataset, modelId: model } = world.mine;
  const of = `dataset="${dataset}",model="${model}"`;
  expect(found.get(`lookalike_images{dataset="${dataset}"}`)).toBe(2);
  expect(found.get(`lookalike_model_recall_at_10{${of}}`)).toBe(0.99);
  expect(found.get(`lookalike_index_vectors{${of},split="TEST"}`)).toBeGreaterThan(0);
  expect(found.get(`lookalike_index_bytes{${of},split="TEST"}`)).toBeGreaterThan(0);
  expect(found.get('lookalike_runs{status="SUCCEEDED"}')).toBe(2);
  expect(found.get('lookalike_training_queue')).toBe(0);
  expect(found.get('lookalike_write_queue')).toBe(0);
  expect(found.get('lookalike_http_connections')).toBeGreaterThan(0);
  expect(found.get('lookalike_http_requests_open')).toBe(1);
  expect(found.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
  expect([...found.keys()]).toContain('nodejs_eventloop_lag_seconds');
});

it('every gauge says what it is', async () => {
  const headers = bearer(await world.keyOf('SEARCH'));
  const text = await (await fetch(`${world.url}/metrics`, { headers })).text();
  for (const [name, { help }] of Object.entries(GAUGES)) {
    expect(text).toContain(`# HELP lookalike_${name} ${help}`);
  }
});
