import { afterAll, beforeAll, expect, it } from 'vitest';
import { standingClock } from '../../../contract/metadata/clock.js';
import { bearer, tryOperation, type Outcome } from './asking.js';
import { NOTHING, openWorld, type World } from './world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld({ LOOKALIKE_RATE_LIMIT: '20', LOOKALIKE_INTROSPECTION: 'no' });
});

afterAll(() => world.close());

function asked(document: string, key: string): Promise<Outcome> {
  const operation = { name: 'x', role: 'SEARCH', document: () => document } as const;
  return tryOperation(world.url, operation, NOTHING, key);
}

const path = () => `/images/${world.mine.imageId}`;

async function statuses(path: string, headers: Record<string, string>, times: number) {
  const answers = Array.from({ length: times }, async () => {
    const response = await fetch(world.url + path, { headers });
    await response.arrayBuffer();
    return response;
  });
  const responses = await Promise.all(answers);
  const found = responses.map(({ status }) => status).sort();
  const wait = responses.find(({ status }) => status === 429)?.headers.get('retry-after');
  return { found, retryAfter: Number(wait) };
}

it('a key may ask so often, and is told when it may ask again; an admin as often as they like', async () => {
  standingClock();
  const search = bearer(await world.keyOf('SEARCH'));
  const { found, retryAfter } = await statuses(path(), search, 25);
  expect(found).toEqual([...new Array<number>(20).fill(200), ...new Array<number>(5).fill(429)]);
  expect(retryAfter).toBe(3);
  const admin = await statuses(path(), bearer(await world.keyOf('ADMIN')), 25);
  expect(new Set(admin.found)).toEqual(new Set([200]));
});

it('whoever tries keys is stopped, whoever has one is not', async () => {
  standingClock();
  const { found } = await statuses('/graphiql', bearer('lk_guessed'), 303);
  expect(found.filter((status) => status === 401)).toHaveLength(300);
  expect(found.filter((status) => status === 429)).toHaveLength(3);
  const admin = await statuses(path(), bearer(await world.keyOf('ADMIN')), 1);
  expect(admin.found).toEqual([200]);
});

it('a query that could be answered with too much is not begun, asked in whatever way', async () => {
  const admin = await world.keyOf('ADMIN');
  const runs = 'dataset { trainingRuns { epochs { loss } } }';
  const models = `dataset { models { dataset { models { ${runs} } } } }`;
  const costly = `{ images(datasetId: ${world.mine.datasetId}, first: 200) { edges { node { ${models} } } } }`;
  for (let time = 0; time < 3; time += 1) {
    expect((await asked(costly, admin)).code).toBe('QUERY_TOO_COSTLY');
  }
  const many = Array.from({ length: 61 }, (_, at) => `f${at}: datasets { id }`).join(' ');
  expect((await asked(`{ ${many} }`, admin)).code).toBe('GRAPHQL_VALIDATION_FAILED');
  const long = `{ datasets { ${'id '.repeat(6000)} } }`;
  expect((await asked(long, admin)).code).toBe('GRAPHQL_PARSE_FAILED');
});

it('several operations in one request are refused', async () => {
  const response = await fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: { ...bearer(await world.keyOf('ADMIN')), 'content-type': 'application/json' },
    body: JSON.stringify([{ query: '{ datasets { id } }' }]),
  });
  expect(response.status).toBe(400);
});

it('where the setting says so, nobody learns the schema by asking for it', async () => {
  const { code, data } = await asked('{ __schema { types { name } } }', await world.keyOf('ADMIN'));
  expect([code, data]).toEqual(['GRAPHQL_VALIDATION_FAILED', null]);
});
