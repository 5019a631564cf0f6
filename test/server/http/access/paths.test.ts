import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, roleIncludes, type Role } from '../../../../server/domain/access.js';
import { protectionOf } from '../../../../server/http/protected-paths.js';
import { bearer } from './asking.js';
import { NOTHING, openWorld, type Ids, type World } from './world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

interface Path {
  readonly name: string;
  readonly role: Role;
  readonly path: (ids: Ids) => string;
  readonly acrossDatasets?: boolean;
  readonly request?: RequestInit;
}

const PATHS: readonly Path[] = [
  { name: 'an image', role: 'SEARCH', path: ({ imageId }) => `/images/${imageId}` },
  { name: 'a thumbnail', role: 'SEARCH', path: ({ imageId }) => `/thumbnails/${imageId}?v=1` },
  { name: 'an original', role: 'SEARCH', path: ({ imageId }) => `/originals/${imageId}` },
  {
    name: 'a reconstruction',
    role: 'SEARCH',
    path: ({ runId, imageId }) => `/reconstructions/${runId}/1/${imageId}`,
  },
  { name: 'a map', role: 'SEARCH', path: ({ modelId }) => `/maps/${modelId}/pca.bin` },
  {
    name: 'a bundle',
    role: 'CONTRIBUTE',
    path: ({ datasetId }) => `/datasets/${datasetId}/bundle`,
    request: { method: 'HEAD' },
  },
  {
    name: 'a bundle to take in',
    role: 'CONTRIBUTE',
    path: () => '/bundles?name=x',
    acrossDatasets: true,
    request: {
      method: 'POST',
      body: 'no zip',
      headers: { 'content-type': 'application/zip', 'apollo-require-preflight': 'true' },
    },
  },
  { name: 'the metrics', role: 'SEARCH', path: () => '/metrics', acrossDatasets: true },
  { name: 'the schema', role: 'SEARCH', path: () => '/schema.graphql' },
  { name: 'GraphiQL', role: 'SEARCH', path: () => '/graphiql' },
];

describe.each(PATHS)('$name', ({ role, path, acrossDatasets, request }) => {
  const status = async (key: string | null, ids: Ids) => {
    const headers = new Headers(request?.headers);
    if (key !== null) headers.set('authorization', `Bearer ${key}`);
    const response = await fetch(world.url + path(ids), { ...request, headers });
    await response.arrayBuffer();
    return response.status;
  };

  it('is on the list of what is guarded', () => {
    expect(protectionOf(new URL(path(NOTHING), world.url).pathname)?.role).toBe(role);
  });

  it('is nothing for nobody, nor for an unknown key', async () => {
    expect(await status(null, world.mine)).toBe(401);
    expect(await status('lk_unknown', world.mine)).toBe(401);
  });

  it(`is for the role ${role}, and those above it`, async () => {
    for (const each of ROLES) {
      const found = await status(await world.keyOf(each), NOTHING);
      if (roleIncludes(each, role)) expect([401, 403]).not.toContain(found);
      else expect(found).toBe(403);
    }
  });

  it('is kept to the datasets of a key that is kept to some', async () => {
    const scoped = await world.keyOf('ADMIN', true);
    const isAboutSome = path(world.others) !== path(NOTHING);
    if (acrossDatasets) expect(await status(scoped, world.others)).toBe(403);
    else if (isAboutSome) {
      expect(await status(scoped, world.others)).toBe(404);
      expect([401, 403]).not.toContain(await status(scoped, world.mine));
    } else expect(await status(scoped, world.others)).toBe(200);
  });
});

it('a picture is sent to whoever may see it', async () => {
  const scoped = bearer(await world.keyOf('SEARCH', true));
  const picture = await fetch(`${world.url}/images/${world.mine.imageId}`, { headers: scoped });
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
  // Others than the browser that asked, a proxy say, must not keep it.
  expect(picture.headers.get('cache-control')).toContain('private');
});

it.each(['//images/1', '/images/1/', '/images/%31', '/Images/1', '/images/1;x', '/x/../images/1'])(
  'no other way of writing leads to a picture: %s',
  async (path) => {
    const response = await fetch(world.url + path);
    expect(response.headers.get('content-type')).not.toContain('image/');
  },
);

it.each(['/healthz', '/readyz', '/login', '/_next/static/x.js'])(
  '%s is open to everybody',
  async (path) => {
    expect([401, 403, 302]).not.toContain((await fetch(world.url + path)).status);
  },
);

it.each(['/login', '/search', '/graphiql', '/images/1'])(
  '%s is answered with what keeps others from making use of it',
  async (path) => {
    const headers = bearer(await world.keyOf('SEARCH'));
    const response = await fetch(world.url + path, { headers });
    const found = Object.fromEntries(response.headers);
    expect(found).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'x-frame-options': 'SAMEORIGIN',
    });
    expect(found['content-security-policy']).toMatch(/frame-ancestors 'self'|sandbox/);
  },
);

it('a person who is not logged in is sent to the login, and back from there', async () => {
  const visit = { headers: { accept: 'text/html,*/*' }, redirect: 'manual' } as const;
  const response = await fetch(`${world.url}/search?image=1`, visit);
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe('/login?return=%2Fsearch%3Fimage%3D1');
  expect((await fetch(`${world.url}/login`, visit)).status).not.toBe(302);
});

it('/readyz tells everybody what is missing, and no more than that', async () => {
  // The models of this world have no index.
  const response = await fetch(`${world.url}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    ready: false,
    missing: { indexes: 'An index of an active model is not in memory yet.' },
  });
});
