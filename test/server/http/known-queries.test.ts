import { EventEmitter } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { buildSchema, GraphQLObjectType } from 'graphql';
import { expect, it, onTestFinished } from 'vitest';
import type { ApiContext } from '../../../server/api/context.js';
import { ANONYMOUS } from '../../../server/domain/access.js';
import { LookalikeError } from '../../../server/domain/errors.js';
import { BytesUnderWay } from '../../../server/http/bytes-under-way.js';
import { createGraphqlHandler } from '../../../server/http/graphql.js';
import { KnownQueries } from '../../../server/http/known-queries.js';
import { openStores } from '../services/stores.js';

const request = { origin: { requestId: 'request-1', traceparent: null }, operation: null };
const context = { request, caller: ANONYMOUS, address: '127.0.0.1' } as unknown as ApiContext;

/** A schema that counts how often it was asked. */
function counted() {
  const schema = buildSchema(
    'type Query { twice(n: Int!): Int, times: Int, fails: Int! } type Mutation { count: Int! }',
  );
  const asked = { times: 0 };
  const resolvers = {
    Query: {
      twice: (_root: unknown, { n }: { n: number }) => n * 2,
      times: () => (asked.times += 1),
      fails: () => {
        throw new LookalikeError('INVALID_ARGUMENT', 'It fails.');
      },
    },
    Mutation: { count: () => (asked.times += 1) },
  };
  for (const [name, fields] of Object.entries(resolvers)) {
    const type = schema.getType(name);
    if (!(type instanceof GraphQLObjectType)) throw new Error(name);
    for (const [field, resolve] of Object.entries(fields)) {
      Object.assign(type.getFields()[field] ?? {}, { resolve });
    }
  }
  return { schema, asked };
}

async function served(underWay = new BytesUnderWay()) {
  const { schema, asked } = counted();
  const { log } = await openStores();
  const handle = await createGraphqlHandler(
    ...([schema, log, { failed: () => undefined }, true, 60, underWay] as const),
  );
  const server = createServer((request, response) => void handle(request, response, context));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const post = async (body: unknown, more: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close', ...more },
      body: JSON.stringify(body),
    });
    const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'date'));
    return { status: response.status, headers, body: await response.text() };
  };
  const postForm = async (operations: unknown, headers: Record<string, string> = {}) => {
    const form = new FormData();
    form.append('operations', JSON.stringify(operations));
    form.append('map', '{}');
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      ...{ method: 'POST', headers: { connection: 'close', ...headers }, body: form },
    });
    return { status: response.status, body: await response.text() };
  };
  return { post, postForm, asked };
}

it.each([
  ['a query', { query: 'query ($n: Int!) { twice(n: $n) }', variables: { n: 4 } }],
  ['one by name', { query: 'query A { twice(n: 1) } query B { twice(n: 2) }', operationName: 'B' }],
  ['an error of a resolver', { query: '{ twice(n: 1) fails }' }],
  ['an error in a variable', { query: 'query ($n: Int!) { twice(n: $n) }', variables: { n: 'x' } }],
  ['no such field', { query: '{ nothing }' }],
  ['no such operation', { query: 'query A { twice(n: 1) } query B { fails }' }],
  ['a nameless operation', { query: 'query A { twice(n: 1) }', operationName: '' }],
  ['variables that are none', { query: '{ twice(n: 1) }', variables: [] }],
  ['several at once', [{ query: '{ twice(n: 1) }' }]],
  ['nothing', {}],
])('%s is answered alike every time, headers and all', async (_what, body) => {
  const { post } = await served();
  const first = await post(body);
  expect(await post(body)).toEqual(first);
  expect(await post(body)).toEqual(first);
});

it('a format that is asked for is given, also of a query that is known', async () => {
  const { post } = await served();
  const body = { query: '{ twice(n: 1) }' };
  const accept = 'application/graphql-response+json';
  const first = await post(body, { accept });
  expect(first.headers['content-type']).toContain(accept);
  expect((await post(body)).headers['content-type']).toContain('application/json');
  expect(await post(body, { accept })).toEqual(first);
  expect((await post(body, { accept: 'image/png' })).status).toBe(406);
});

it('what is no JSON needs permission, also for a query that is known', async () => {
  const { post } = await served();
  const body = { query: '{ twice(n: 1) }' };
  expect((await post(body)).status).toBe(200);
  expect((await post(body)).status).toBe(200);
  expect((await post(body, { 'content-type': 'text/plain' })).status).toBe(400);
});

it('a form is answered as JSON is where it says that it is meant, and refused where it does not', async () => {
  const { post, postForm, asked } = await served();
  const meant = { 'apollo-require-preflight': 'true' };
  const query = { query: 'query ($n: Int!) { twice(n: $n) }', variables: { n: 4 } };
  const first = await postForm(query, meant);
  expect(first).toEqual({ status: 200, body: '{"data":{"twice":8}}\n' });
  expect(await postForm(query, meant)).toEqual(first);
  expect(await postForm(query, { 'x-apollo-operation-name': 'any' })).toEqual(first);
  expect((await post(query)).body).toBe(first.body);
  for (const headers of [{}, { 'apollo-require-preflight': '' }]) {
    expect((await postForm(query, headers)).status).toBe(400);
  }
  for (let time = 1; time <= 3; time += 1) await postForm({ query: '{ times }' }, meant);
  expect(asked.times).toBe(3);
});

it('is not answered while others do not read what is held for them, and is afterwards', async () => {
  const underWay = new BytesUnderWay(100, 0);
  const slow = Object.assign(new EventEmitter(), { destroyed: false }) as unknown as ServerResponse;
  const { post } = await served(underWay);
  const body = { query: '{ twice(n: 1) }' };
  expect((await post(body)).status).toBe(200);
  expect(underWay.hold(100, slow, 'another')).toBe(true);
  for (const query of [body.query, '{ twice(n: 2) }']) {
    const refused = await post({ query });
    expect(refused.status).toBe(503);
    expect(refused.body).toContain('OVERLOADED');
  }
  slow.emit('close');
  expect((await post(body)).status).toBe(200);
});

it('every time a query is asked, its resolvers are asked once', async () => {
  const { post, asked } = await served();
  for (let time = 1; time <= 3; time += 1) {
    expect(JSON.parse((await post({ query: '{ times }' })).body)).toEqual({
      data: { times: time },
    });
  }
  for (let time = 4; time <= 6; time += 1) await post({ query: 'mutation { count }' });
  expect(asked.times).toBe(6);
});

it('answers without Apollo what Apollo has found valid, and nothing else', async () => {
  const { schema } = counted();
  const known = new KnownQueries(schema);
  const apollo = new ApolloServer<ApiContext>({ schema, plugins: [known.plugin] });
  const query = '{ twice(n: 3) }';
  expect(await known.answer({ query }, context)).toBeNull();
  await apollo.executeOperation({ query }, { contextValue: context });
  expect(await known.answer({ query }, context)).toBe('{"data":{"twice":6}}\n');
  expect(await known.answer({ query: `${query} ` }, context)).toBeNull();
  expect(await known.answer({ query, extensions: {} }, context)).toBeNull();
  await apollo.executeOperation({ query: '{ fails }' }, { contextValue: context });
  expect(await known.answer({ query: '{ fails }' }, context)).toBeNull();
  await apollo.executeOperation({ query: 'mutation { count }' }, { contextValue: context });
  expect(await known.answer({ query: 'mutation { count }' }, context)).toBeNull();
});

it('forgets what was asked longest ago', async () => {
  const { schema } = counted();
  const known = new KnownQueries(schema);
  const apollo = new ApolloServer<ApiContext>({ schema, plugins: [known.plugin] });
  const query = (n: number) => `{ twice(n: ${n}) }`;
  for (let n = 0; n <= 200; n += 1) {
    await apollo.executeOperation({ query: query(n) }, { contextValue: context });
    if (n > 0) expect(await known.answer({ query: query(1) }, context)).not.toBeNull();
  }
  expect(await known.answer({ query: query(0) }, context)).toBeNull();
});
