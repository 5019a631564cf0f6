import { once } from 'node:events';
import { request as send } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { bearer, tryOperation } from './asking.js';
import { OPERATIONS } from './operations.js';
import { NOTHING, openWorld, type Ids, type World } from './world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld({ LOOKALIKE_HOSTS: 'shop.example' });
});

afterAll(() => world.close());

/** What is told under this name; `fetch` lets nobody choose it. */
async function asked(host: string, path: string, headers: Record<string, string> = {}) {
  const request = send(world.url + path, { headers: { ...headers, host } }).end();
  const [response] = (await once(request, 'response')) as [
    NodeJS.ReadableStream & { statusCode: number },
  ];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, body };
}

describe('a name that is none of ours', () => {
  it.each(['/', '/login', '/images/1', '/graphql', '/session', '/_next/static/x.js'])(
    'is told nothing at %s',
    async (path) => {
      const { status, body } = await asked(
        'evil.example:4000',
        path,
        bearer(await world.keyOf('ADMIN')),
      );
      expect(status).toBe(421);
      expect(body).toContain('LOOKALIKE_HOSTS');
    },
  );

  it('opens no WebSocket, not even from a page of that name', async () => {
    const socket = new WebSocket(
      `${world.url.replace('http', 'ws')}/graphql`,
      'graphql-transport-ws',
      {
        headers: {
          ...bearer(await world.keyOf('ADMIN')),
          host: 'evil.example',
          origin: 'http://evil.example',
        },
      },
    );
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ];
    expect(response.statusCode).toBe(403);
  });

  it('is one that no setting gives', async () => {
    expect(
      (await asked('shop.example', '/images/1', bearer(await world.keyOf('ADMIN')))).status,
    ).toBe(200);
    expect((await asked('evil.example', '/healthz')).status).toBe(200);
  });
});

describe('behind a proxy that is told no names', () => {
  it('the names are those that the proxy passes on', async () => {
    const behind = await openWorld({ LOOKALIKE_TRUSTED_PROXY: 'yes' });
    const request = send(`${behind.url}/session`, { headers: { host: 'any.example' } }).end();
    const [{ statusCode }] = (await once(request, 'response')) as [{ statusCode: number }];
    await behind.close();
    expect(statusCode).toBe(401);
  });
});

describe('the console', () => {
  it('is read, and takes nothing: no server action of Next.js either', async () => {
    const response = await fetch(`${world.url}/login`, {
      method: 'POST',
      body: '[]',
      headers: { 'next-action': '0'.repeat(42) },
    });
    expect(response.status).toBe(405);
  });

  it('makes so many pages a minute for a stranger; their files are free', async () => {
    const limited = await openWorld();
    const statusesOf = (path: string) =>
      Promise.all(
        Array.from({ length: 310 }, async () => (await fetch(limited.url + path)).status),
      );
    try {
      expect(await statusesOf('/_next/static/x.js')).not.toContain(429);
      const refused = (await statusesOf('/runs')).filter((status) => status === 429);
      expect(refused.length).toBeGreaterThan(0);
    } finally {
      await limited.close();
    }
  });
});

describe('a body', () => {
  const BOUNDARY = 'x-of-a-test';
  const head = (key: string, length: number) =>
    [
      'POST /graphql HTTP/1.1',
      'host: localhost',
      `authorization: Bearer ${key}`,
      `content-type: multipart/form-data; boundary=${BOUNDARY}`,
      'apollo-require-preflight: true',
      `content-length: ${length}`,
      '\r\n',
    ].join('\r\n');

  /** What is answered to the beginning of a request whose rest does not come. */
  async function answered(beginning: string): Promise<string> {
    const socket = connect(Number(new URL(world.url).port), '127.0.0.1');
    socket.write(beginning);
    const [told] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return told.toString();
  }

  it('that is too large is refused before it comes', async () => {
    const told = await answered(head(await world.keyOf('SEARCH'), 10_000_000_000));
    expect(told).toMatch(/^HTTP\/1.1 413 /);
    expect(told).toContain('UPLOAD_TOO_LARGE');
  });

  it('of whoever may not do that is not waited for', async () => {
    const query =
      'mutation ($file: Upload!) { addImages(datasetId: 1, images: [{ name: "x", file: $file }]) { name } }';
    const part = (name: string, value: string) =>
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const told = await answered(
      head(await world.keyOf('SEARCH'), 50_000_000) +
        part('operations', JSON.stringify({ query, variables: { file: null } })) +
        part('map', JSON.stringify({ 0: ['variables.file'] })) +
        `--${BOUNDARY}\r\ncontent-disposition: form-data; name="0"; filename="x.png"\r\n\r\nx`,
    );
    expect(told).toContain('FORBIDDEN');
  });
});

describe('a key that is kept to some datasets', () => {
  const numbersGone = (text: string) => text.replace(/\d+/g, 'N');

  it.each(OPERATIONS.filter(({ acrossDatasets }) => !acrossDatasets))(
    'learns by $name nothing of what is there',
    async (operation) => {
      const key = await world.keyOf('ADMIN', true);
      const [others, nothing] = await Promise.all(
        [world.others, NOTHING].map((ids) => tryOperation(world.url, operation, ids, key)),
      );
      expect(others).toEqual(nothing);
    },
  );

  it.each<[string, (ids: Ids) => string]>([
    ['an image', ({ imageId }) => `/images/${imageId}`],
    ['a thumbnail', ({ imageId }) => `/thumbnails/${imageId}`],
    ['an original', ({ imageId }) => `/originals/${imageId}`],
    ['a reconstruction', ({ runId, imageId }) => `/reconstructions/${runId}/1/${imageId}`],
    ['a map', ({ modelId }) => `/maps/${modelId}/pca.bin`],
    ['a bundle', ({ datasetId }) => `/datasets/${datasetId}/bundle`],
  ])('learns by the path of %s nothing of what is there', async (_, path) => {
    const headers = bearer(await world.keyOf('ADMIN', true));
    const told = async (ids: Ids) => {
      const response = await fetch(world.url + path(ids), { headers });
      const type = response.headers.get('content-type');
      return [response.status, type, numbersGone(await response.text())];
    };
    expect(await told(world.others)).toEqual(await told(NOTHING));
  });
});

describe('where everybody may search', () => {
  it('one address has so many connections, and a key more than that', async () => {
    const open = await openWorld({ LOOKALIKE_ANONYMOUS: 'search' });
    const sockets: WebSocket[] = [];
    const connected = async (headers: Record<string, string>): Promise<number> => {
      const address = `${open.url.replace('http', 'ws')}/graphql`;
      const socket = new WebSocket(address, 'graphql-transport-ws', { headers });
      sockets.push(socket);
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init' }));
      const closed = once(socket, 'close').then(([code]) => Number(code));
      return Promise.race([closed, once(socket, 'message').then(() => 0)]);
    };
    try {
      for (let time = 0; time < 20; time += 1) expect(await connected({})).toBe(0);
      expect(await connected({})).toBe(4429);
      expect(await connected(bearer(await open.keyOf('SEARCH')))).toBe(0);
    } finally {
      for (const socket of sockets) socket.terminate();
      await open.close();
    }
  });
});
