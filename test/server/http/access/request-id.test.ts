import { once } from 'node:events';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { bearer } from './asking.js';
import { openWorld, type World } from './world.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NAMED = { 'x-request-id': 'named-by-the-proxy.1' };

let direct: World;
let behindProxy: World;
let logged = '';

beforeAll(async () => {
  direct = await openWorld({ LOOKALIKE_LOG: 'json', LOOKALIKE_LOG_LEVEL: 'debug' });
  behindProxy = await openWorld({ LOOKALIKE_TRUSTED_PROXY: 'yes' });
  // What is asked of it fails now for a reason that nobody outside is to know.
  const database = new Libsql(join(direct.directory, 'metadata.sqlite'));
  database.exec('alter table sweep rename to spoilt');
  database.close();
});

afterAll(() => Promise.all([direct.close(), behindProxy.close()]));

beforeEach(() => {
  logged = '';
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => Boolean((logged += String(text))));
  }
  return () => vi.restoreAllMocks();
});

interface Line {
  readonly level: string;
  readonly message: string;
  readonly requestId?: string;
  readonly operation?: string;
}

function lines(): Line[] {
  return logged
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

async function asked(world: World, path: string, request: RequestInit = {}) {
  const authorization = bearer(await world.keyOf('ADMIN'));
  const headers = { ...authorization, ...Object.fromEntries(new Headers(request.headers)) };
  const response = await fetch(world.url + path, { ...request, headers });
  return { text: await response.text(), id: response.headers.get('x-request-id') ?? '' };
}

function graphql(query: string, headers: Record<string, string> = {}): RequestInit {
  const body = JSON.stringify({ query });
  return { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
}

it.each(['/healthz', '/images/1', '/images/999', '/schema.graphql', '/session', '/login'])(
  'the answer to %s has an id of its own',
  async (path) => {
    const [first, second] = [await asked(direct, path), await asked(direct, path)];
    expect(first.id).toMatch(UUID);
    expect(second.id).not.toBe(first.id);
  },
);

it('so have the answers to a query, the first time and when it is known, and to what is refused', async () => {
  const query = graphql('{ datasets { id } }');
  const ids = new Set<string>();
  for (let time = 0; time < 3; time += 1) ids.add((await asked(direct, '/graphql', query)).id);
  ids.add((await asked(direct, '/graphql', { ...query, body: 'no JSON' })).id);
  const refused = await fetch(`${direct.url}/graphql`, query);
  ids.add(refused.headers.get('x-request-id') ?? '');
  expect(ids.size).toBe(5);
  for (const id of ids) expect(id).toMatch(UUID);
});

it('only a trusted proxy gives a request its name, and only one that is fit for a log', async () => {
  expect((await asked(direct, '/healthz', { headers: NAMED })).id).toMatch(UUID);
  expect((await asked(behindProxy, '/healthz', { headers: NAMED })).id).toBe(
    'named-by-the-proxy.1',
  );
  const query = graphql('{ datasets { id } }', NAMED);
  for (let time = 0; time < 2; time += 1) {
    expect((await asked(behindProxy, '/graphql', query)).id).toBe('named-by-the-proxy.1');
  }
  for (const given of ['short', 'with a blank', 'x'.repeat(129), 'a"b=c;d0000']) {
    const headers = { 'x-request-id': given };
    expect((await asked(behindProxy, '/healthz', { headers })).id).toMatch(UUID);
  }
});

it('a fault of ours is told under the id of the request, and logged under it', async () => {
  const { text, id } = await asked(direct, '/graphql', graphql('{ sweeps { id } }'));
  expect(text).toContain(`Its log has the cause under ${id}.`);
  expect(text).not.toContain('no such table');
  const [cause] = lines().filter(({ level }) => level === 'error');
  expect(cause).toMatchObject({ requestId: id });
  expect(cause?.message).toContain('no such table');
});

it('a line tells of every request what it asked for, and nothing of what stands behind the ?', async () => {
  const { id } = await asked(direct, '/images/1?token=not-for-the-log');
  const query = graphql('query Mine { datasets { id } }');
  const { id: queryId } = await asked(direct, '/graphql', query);
  await vi.waitFor(() => expect(lines()).toHaveLength(2));
  const [picture, datasets] = lines();
  expect(picture).toMatchObject({ message: 'GET /images/1', requestId: id, status: 200 });
  expect(datasets).toMatchObject({
    ...{ message: 'POST /graphql', requestId: queryId, operation: 'datasets' },
  });
  expect(logged).not.toContain('not-for-the-log');
});

it('of the operations of a WebSocket each has an id, which begins as that of the connection', async () => {
  const headers = bearer(await direct.keyOf('ADMIN'));
  const address = `${direct.url.replace('http', 'ws')}/graphql`;
  const socket = new WebSocket(address, 'graphql-transport-ws', { headers });
  const [{ headers: answered }] = (await once(socket, 'upgrade')) as [
    { headers: Record<string, string> },
  ];
  const id = answered['x-request-id'] ?? '';
  expect(id).toMatch(UUID);
  let heard = '';
  socket.on('message', (data: Buffer) => (heard += data.toString()));
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await vi.waitFor(() => expect(heard).toContain('connection_ack'));
  for (const number of [1, 2]) {
    const payload = { query: '{ sweeps { id } }' };
    socket.send(JSON.stringify({ type: 'subscribe', id: `client ${number}`, payload }));
    await vi.waitFor(() => expect(heard).toContain(`under ${id}.${number}.`));
    await vi.waitFor(() => {
      const of = lines().filter(({ requestId }) => requestId === `${id}.${number}`);
      expect(of.map(({ level }) => level).sort()).toEqual(['debug', 'error']);
      expect(of.find(({ level }) => level === 'debug')).toMatchObject({
        message: 'WebSocket sweeps',
      });
    });
  }
  socket.terminate();
});
