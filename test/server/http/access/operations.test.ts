import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, roleIncludes, type Role } from '../../../../server/domain/access.js';
import { sourceOf } from '../../../architecture/source-files.js';
import { tryOperation } from './asking.js';
import { OPERATIONS } from './operations.js';
import { NOTHING, openWorld, type World } from './world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

const DENIED = ['UNAUTHENTICATED', 'FORBIDDEN'];

it('every operation of the schema is tried', () => {
  const schema = buildSchema(sourceOf('schema.graphql'));
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const names = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}));
  expect(OPERATIONS.map(({ name }) => name).sort()).toEqual(names.sort());
});

describe.each(OPERATIONS)('$name', (operation) => {
  const tried = (key: string | null, ids = NOTHING) => tryOperation(world.url, operation, ids, key);

  it('is nothing for nobody, nor for a key that is no good', async () => {
    const { access } = world.server.services;
    const wanted = { name: 'x', role: 'ADMIN', datasetIds: null, expiresAt: null } as const;
    const { key, secret } = await access.create(wanted);
    await access.revoke(key.id);
    for (const bad of [null, 'lk_unknown', secret]) {
      const { status, code, data } = await tried(bad);
      expect([status, code, data]).toEqual([
        operation.document(NOTHING).startsWith('subscription') ? 4403 : 401,
        'UNAUTHENTICATED',
        null,
      ]);
    }
  });

  it(`is for the role ${operation.role}, and those above it`, async () => {
    for (const role of ROLES) {
      const { code } = await tried(await world.keyOf(role));
      if (roleIncludes(role, operation.role)) expect(DENIED).not.toContain(code);
      else expect(code).toBe('FORBIDDEN');
    }
  });

  it('is kept to the datasets of a key that is kept to some', async () => {
    const scoped = await world.keyOf('ADMIN', true);
    const { code } = await tried(scoped, world.others);
    if (operation.acrossDatasets) expect(code).toBe('FORBIDDEN');
    else if (operation.document(world.others) === operation.document(NOTHING)) {
      expect(DENIED).not.toContain(code);
    } else expect(code).toMatch(/_NOT_FOUND$/);
  });
});

it('what is of another dataset has stayed as it was, and is in no list', async () => {
  const { mine, others, server, keyOf } = world;
  const { datasets, images, models, training } = server.services;
  const otherId = Number(others.datasetId);
  expect((await datasets.get(otherId)).activeModelId).toBe(Number(others.modelId));
  expect(await images.count(otherId, {})).toBe(2);
  expect((await images.get(Number(others.imageId))).label).toBeNull();
  expect((await models.list(otherId)).map(({ id }) => String(id))).toEqual([others.modelId]);
  expect((await training.list(otherId)).map(({ id }) => String(id))).toEqual([others.runId]);

  const lists = '{ datasets { id } models { id } sweeps { id } trainingRuns { id } }';
  const all = { name: 'lists', role: 'SEARCH' as Role, document: () => lists };
  for (const role of ROLES) {
    const { data } = await tryOperation(world.url, all, mine, await keyOf(role, true));
    expect(data).toEqual({
      datasets: [{ id: mine.datasetId }],
      models: [{ id: mine.modelId }],
      sweeps: [{ id: mine.sweepId }],
      trainingRuns: [{ id: mine.runId }],
    });
  }
});

it('what is asked within something of one dataset is of that dataset too', async () => {
  const { mine, others, keyOf, url } = world;
  const document = () =>
    `{ model(id: ${mine.modelId}) { reconstructions(imageIds: [${others.imageId}]) { url } } }`;
  const within = { name: 'within', role: 'SEARCH' as Role, document };
  const { code } = await tryOperation(url, within, mine, await keyOf('SEARCH', true));
  expect(code).toBe('IMAGE_NOT_FOUND');
});

it('a query that is answered in memory is guarded as well', async () => {
  const { mine, others, keyOf, url } = world;
  const image = OPERATIONS.find(({ name }) => name === 'image');
  if (!image) throw new Error('There is no such operation.');
  const [search, scoped] = [await keyOf('SEARCH'), await keyOf('SEARCH', true)];
  // The third time it is compiled, whoever asked before.
  for (let time = 0; time < 3; time += 1) {
    expect((await tryOperation(url, image, others, search)).code).toBeNull();
    expect((await tryOperation(url, image, mine, scoped)).code).toBeNull();
    expect((await tryOperation(url, image, others, scoped)).code).toBe('IMAGE_NOT_FOUND');
    expect((await tryOperation(url, image, others, null)).status).toBe(401);
  }
});
