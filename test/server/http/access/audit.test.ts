import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { bearer, tryOperation, type Outcome } from './asking.js';
import { NOTHING, openWorld, type World } from './world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

interface Entry {
  readonly caller: string;
  readonly keyId: string | null;
  readonly address: string;
  readonly action: string;
  readonly subject: string;
  readonly outcome: string;
}

async function asked(document: string, key: string | null): Promise<Outcome> {
  const operation = { name: 'x', role: 'SEARCH', document: () => document } as const;
  return tryOperation(world.url, operation, NOTHING, key);
}

/** @returns the cookie of the session, empty where there is none */
async function logIn(secret: string, cookie = ''): Promise<string> {
  const headers = { 'content-type': 'application/json', cookie };
  const body = JSON.stringify({ key: secret });
  const response = await fetch(`${world.url}/session`, { method: 'POST', headers, body });
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** What was noted while this was done, in that order. */
async function notedOf(work: () => Promise<unknown>): Promise<readonly Entry[]> {
  const { audit } = world.server.services;
  const [last] = await audit.list({}, null, 1);
  await work();
  const fields = 'id caller keyId address action subject outcome';
  const { data } = await asked(
    `{ auditEntries(first: 200) { ${fields} } }`,
    await world.keyOf('ADMIN'),
  );
  const { auditEntries } = data as { auditEntries: readonly (Entry & { id: string })[] };
  return auditEntries.filter(({ id }) => Number(id) > (last?.id ?? 0)).reverse();
}

it('every mutation is noted: who, from where, what, to what, and how it ended', async () => {
  const { imageId, datasetId } = world.mine;
  const key = await world.keyOf('CONTRIBUTE');
  const describe = (id: string) =>
    `mutation { describeImage(id: ${id}, description: { label: "secret label" }) { id } }`;
  const entries = await notedOf(async () => {
    await asked(describe(imageId), key);
    await asked(describe('999'), key);
    await asked(`mutation { deleteModel(id: ${world.mine.modelId}) }`, key);
    await asked(`mutation { clearRefusals(datasetId: ${datasetId}) { id } }`, key);
    await asked(`mutation { createDataset(name: "audited") { id } }`, key);
    await asked(`{ datasets { id } }`, key);
  });
  expect(entries).toMatchObject([
    { action: 'describeImage', subject: `image ${imageId}`, outcome: 'OK' },
    { action: 'describeImage', subject: 'image 999', outcome: 'IMAGE_NOT_FOUND' },
    { action: 'deleteModel', subject: `model ${world.mine.modelId}`, outcome: 'FORBIDDEN' },
    { action: 'clearRefusals', subject: `dataset ${datasetId} "mine"`, outcome: 'OK' },
    {
      action: 'createDataset',
      subject: expect.stringMatching(/^dataset \d+ "audited"$/) as unknown,
      outcome: 'OK',
    },
  ]);
  for (const entry of entries) {
    expect(entry).toMatchObject({ address: '127.0.0.1', caller: 'CONTRIBUTE of all' });
  }
  expect(JSON.stringify(entries)).not.toContain('secret label');
});

it('keys are noted as they are made and revoked, without their secrets', async () => {
  const admin = await world.keyOf('ADMIN');
  let secret = '';
  const entries = await notedOf(async () => {
    const { data } = await asked(
      'mutation { createAccessKey(input: { name: "Ben", role: SEARCH }) { secret key { id } } }',
      admin,
    );
    const made = (data as { createAccessKey: { secret: string; key: { id: string } } })
      .createAccessKey;
    secret = made.secret;
    await asked(`mutation { revokeAccessKey(id: ${made.key.id}) { id } }`, admin);
    await asked('mutation { revokeAccessKey(id: 999) { id } }', admin);
  });
  expect(entries).toMatchObject([
    {
      action: 'createAccessKey',
      subject: expect.stringMatching(/^key \d+ "Ben"$/) as unknown,
      outcome: 'OK',
    },
    {
      action: 'revokeAccessKey',
      subject: expect.stringMatching(/^key \d+ "Ben"$/) as unknown,
      outcome: 'OK',
    },
    { action: 'revokeAccessKey', subject: 'id 999', outcome: 'KEY_NOT_FOUND' },
  ]);
  expect(JSON.stringify(entries)).not.toContain(secret);
});

it('a mutation over a WebSocket is noted as any other', async () => {
  const { datasetId } = world.mine;
  const client = createClient({
    url: `${world.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: bearer(await world.keyOf('CONTRIBUTE')),
  });
  const entries = await notedOf(async () => {
    const query = `mutation { clearRefusals(datasetId: ${datasetId}) { id } }`;
    for await (const { data } of client.iterate({ query })) {
      expect(data).toEqual({ clearRefusals: { id: datasetId } });
    }
    await client.dispose();
  });
  expect(entries).toMatchObject([
    { action: 'clearRefusals', caller: 'CONTRIBUTE of all', address: '127.0.0.1', outcome: 'OK' },
  ]);
});

it('logins, failed ones too, and logouts are noted', async () => {
  const key = await world.keyOf('SEARCH');
  const entries = await notedOf(async () => {
    const cookie = await logIn(key);
    await logIn('lk_guessed-guessed');
    const logOut = { method: 'DELETE', headers: { cookie } };
    await fetch(`${world.url}/session`, logOut);
    await fetch(`${world.url}/session`, logOut);
  });
  expect(entries).toMatchObject([
    { action: 'login', caller: 'SEARCH of all', outcome: 'OK' },
    { action: 'login', caller: 'nobody', keyId: null, outcome: 'UNAUTHENTICATED' },
    { action: 'logout', caller: 'SEARCH of all', outcome: 'OK' },
  ]);
  expect(JSON.stringify(entries)).not.toContain('guessed');
});

it('a login in the place of another is the logout of that one', async () => {
  const entries = await notedOf(async () => {
    const cookie = await logIn(await world.keyOf('CONTRIBUTE'));
    await logIn('lk_guessed-guessed', cookie);
    await logIn(await world.keyOf('ADMIN'), cookie);
  });
  expect(entries).toMatchObject([
    { action: 'login', caller: 'CONTRIBUTE of all', outcome: 'OK' },
    { action: 'login', outcome: 'UNAUTHENTICATED' },
    { action: 'logout', caller: 'CONTRIBUTE of all', outcome: 'OK' },
    { action: 'login', caller: 'ADMIN of all', outcome: 'OK' },
  ]);
});

it('a mutation is noted before it begins, and one that is refused afterwards alone', async () => {
  const { datasets, audit } = world.server.services;
  const seen: string[] = [];
  const work = vi.spyOn(datasets, 'create').mockImplementation(async () => {
    const [entry] = await audit.list({}, null, 1);
    seen.push(`${entry?.action} ${entry?.outcome}`);
    throw new Error('broken');
  });
  const create = 'mutation { createDataset(name: "begun") { id } }';
  const entries = await notedOf(async () => {
    await asked(create, await world.keyOf('SEARCH'));
    await asked(create, await world.keyOf('CONTRIBUTE'));
  });
  work.mockRestore();
  expect(seen).toEqual(['createDataset BEGUN']);
  expect(entries).toMatchObject([{ outcome: 'FORBIDDEN' }, { outcome: 'INTERNAL' }]);
});

it('bundles are noted, and what is refused unread', async () => {
  const { datasetId } = world.mine;
  const bundle = `${world.url}/datasets/${datasetId}/bundle`;
  const entries = await notedOf(async () => {
    const headers = bearer(await world.keyOf('CONTRIBUTE'));
    // The models of this world are rows alone: their bundle breaks off.
    await fetch(bundle, { headers }).catch(() => undefined);
    await fetch(bundle, { method: 'HEAD', headers });
    await fetch(`${world.url}/bundles?name=secret`, {
      method: 'POST',
      body: 'no zip',
      headers: {
        ...headers,
        'content-type': 'application/zip',
        'apollo-require-preflight': 'true',
      },
    });
    await fetch(bundle, { headers: bearer(await world.keyOf('SEARCH')) });
    await asked('mutation { deleteImages(ids: [1]) }', null);
    await fetch(`${world.url}/images/1`);
  });
  expect(entries).toMatchObject([
    { action: 'exportBundle', subject: `dataset ${datasetId}`, outcome: 'OK' },
    { action: 'importBundle', subject: '', outcome: 'BUNDLE_INVALID' },
    { action: 'request', subject: `GET /datasets/${datasetId}/bundle`, outcome: 'FORBIDDEN' },
    { action: 'request', subject: 'POST /graphql', caller: 'nobody', outcome: 'UNAUTHENTICATED' },
  ]);
});

it('is filtered by caller and action', async () => {
  const { data } = await asked(
    `{ auditEntries(caller: "SEARCH of all", action: "login") { caller action }
       auditFilters { callers actions } }`,
    await world.keyOf('ADMIN'),
  );
  expect(data).toMatchObject({
    auditEntries: [{ caller: 'SEARCH of all', action: 'login' }],
    auditFilters: {
      callers: expect.arrayContaining(['CONTRIBUTE of all', 'nobody']) as unknown,
      actions: expect.arrayContaining(['describeImage', 'logout', 'exportBundle']) as unknown,
    },
  });
});
