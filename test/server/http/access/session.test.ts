import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { bearer, tryOperation } from './asking.js';
import { OPERATIONS } from './operations.js';
import { NOTHING, openWorld, type World } from './world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

const JSON_TYPE = { 'content-type': 'application/json' };

async function logIn(key: string, headers: Record<string, string> = JSON_TYPE) {
  const response = await fetch(`${world.url}/session`, {
    ...{ method: 'POST', headers, body: JSON.stringify({ key }) },
  });
  return { status: response.status, cookie: response.headers.get('set-cookie') };
}

/** As a browser sends it back. */
async function cookieOf(key: string): Promise<{ cookie: string }> {
  const { cookie } = await logIn(key);
  return { cookie: cookie?.split(';')[0] ?? '' };
}

async function pictureStatus(headers: Record<string, string>): Promise<number> {
  return (await fetch(`${world.url}/images/${world.mine.imageId}`, { headers })).status;
}

/** What a WebSocket with these headers comes to: the close code, or 0 where it is acknowledged. */
async function connected(headers: Record<string, string>): Promise<number> {
  const address = `${world.url.replace('http', 'ws')}/graphql`;
  const socket = new WebSocket(address, 'graphql-transport-ws', { headers });
  const failed = new Promise<number>((resolve) => {
    socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 1));
    socket.once('close', (code) => resolve(code));
  });
  const answered = once(socket, 'open').then(async () => {
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await once(socket, 'message');
    return 0;
  });
  answered.catch(() => undefined);
  const outcome = await Promise.race([failed, answered]);
  socket.terminate();
  return outcome;
}

describe('a login', () => {
  it('gives a cookie that no script reads and no other site sends', async () => {
    const { status, cookie } = await logIn(await world.keyOf('SEARCH'));
    expect(status).toBe(204);
    const port = new URL(world.url).port;
    expect(cookie).toMatch(
      new RegExp(`^lookalike-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=\\d+$`),
    );
  });

  it('needs a good key, sent as pages of other sites cannot', async () => {
    const key = await world.keyOf('SEARCH');
    expect(await logIn('lk_unknown')).toEqual({ status: 401, cookie: null });
    expect(await logIn(key, { 'content-type': 'text/plain' })).toEqual({
      status: 400,
      cookie: null,
    });
  });

  it('lets in as the key does, until the logout', async () => {
    const cookie = await cookieOf(await world.keyOf('CONTRIBUTE'));
    const who = () => fetch(`${world.url}/session`, { headers: cookie });
    expect(await (await who()).json()).toMatchObject({ role: 'CONTRIBUTE', isAnonymous: false });
    expect(await pictureStatus(cookie)).toBe(200);
    expect(await pictureStatus({ cookie: `other=1; ${cookie.cookie}` })).toBe(200);
    const out = await fetch(`${world.url}/session`, { method: 'DELETE', headers: cookie });
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    expect(await pictureStatus(cookie)).toBe(401);
    expect((await who()).status).toBe(401);
  });

  it('ends the one that the browser had before, once it has succeeded', async () => {
    const key = await world.keyOf('SEARCH');
    const before = await cookieOf(key);
    expect((await logIn('lk_unknown', { ...JSON_TYPE, ...before })).status).toBe(401);
    expect(await pictureStatus(before)).toBe(200);
    const { cookie } = await logIn(key, { ...JSON_TYPE, ...before });
    expect(await pictureStatus(before)).toBe(401);
    expect(await pictureStatus({ cookie: cookie?.split(';')[0] ?? '' })).toBe(200);
  });

  it('is not asked for by a key in the header, nor made better by it', async () => {
    const cookie = await cookieOf(await world.keyOf('ADMIN'));
    expect(await pictureStatus({ ...cookie, ...bearer('lk_unknown') })).toBe(401);
  });
});

describe('a WebSocket', () => {
  it('is opened with a cookie, or a key in the header, and not by pages of other sites', async () => {
    const key = await world.keyOf('SEARCH');
    const cookie = await cookieOf(key);
    const { host, origin } = new URL(world.url);
    expect(await connected(cookie)).toBe(0);
    expect(await connected({ ...cookie, origin })).toBe(0);
    expect(await connected(bearer(key))).toBe(0);
    expect(await connected({})).toBe(4403);
    expect(await connected({ ...cookie, origin: `http://evil.example` })).toBe(403);
    expect(await connected({ ...cookie, origin: `http://x.${host}` })).toBe(403);
  });

  it('does not outlive the key that it was opened with', async () => {
    const { access } = world.server.services;
    const wanted = { name: 'short', role: 'SEARCH', datasetIds: null, expiresAt: null } as const;
    const { key, secret } = await access.create(wanted);
    const address = `${world.url.replace('http', 'ws')}/graphql`;
    const options = { headers: bearer(secret) };
    const socket = new WebSocket(address, 'graphql-transport-ws', options);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await once(socket, 'message');
    const closed = once(socket, 'close') as Promise<[number]>;
    await access.revoke(key.id);
    expect((await closed)[0]).toBe(4403);
  });
});

describe('where everybody may search', () => {
  let open: World;

  beforeAll(async () => {
    open = await openWorld({ LOOKALIKE_ANONYMOUS: 'search', LOOKALIKE_TRUSTED_PROXY: 'yes' });
  });

  afterAll(() => open.close());

  it('nobody may do what the role SEARCH may, and nothing else', async () => {
    for (const operation of OPERATIONS) {
      const { code } = await tryOperation(open.url, operation, NOTHING, null);
      if (operation.role === 'SEARCH') {
        expect(['UNAUTHENTICATED', 'FORBIDDEN']).not.toContain(code);
      } else expect(code).toBe('FORBIDDEN');
    }
    expect((await fetch(`${open.url}/images/${open.mine.imageId}`)).status).toBe(200);
    expect((await fetch(`${open.url}/datasets/${open.mine.datasetId}/bundle`)).status).toBe(403);
  });

  it('a key that is no good is still refused', async () => {
    const headers = bearer('lk_unknown');
    const image = `${open.url}/images/${open.mine.imageId}`;
    expect((await fetch(image, { headers })).status).toBe(401);
  });

  it('behind a proxy of ours, the cookie goes over TLS alone', async () => {
    const key = await open.keyOf('SEARCH');
    const response = await fetch(`${open.url}/session`, {
      ...{ method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ key }) },
    });
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-lookalike-\d+=.*; Secure$/);
  });
});
