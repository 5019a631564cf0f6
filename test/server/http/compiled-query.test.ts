import {
  buildSchema,
  execute,
  GraphQLObjectType,
  parse,
  validate,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { expect, it } from 'vitest';
import { compileQuery } from '../../../server/http/compiled-query.js';

const SDL = `
  enum Colour { RED GREEN }
  type Shelf { id: ID!, name: String, colour: Colour!, books(first: Int = 2): [Book!]!, place: Shelf, path: String }
  type Book { id: ID!, title: String!, rating: Float, shelf: Shelf!, pages: [[Int]], later: String }
  type Query { shelf(id: ID!): Shelf, shelves: [Shelf], colour: Colour, broken: Int!, gone: Shelf! }
  type Mutation { paint(id: ID!): Shelf }
`;

const shelves = [1, 2, 3].map((id) => ({
  id,
  name: id === 2 ? null : `shelf "${id}"`,
  colour: id === 1 ? 'RED' : 'GREEN',
  ...(id === 3 && { colour: 'PINK' }),
}));
const book = (id: number) => ({
  id,
  title: `book ${id}`,
  rating: id / 3,
  pages: [[id, null], null],
});

type Resolvers = Record<string, Record<string, GraphQLFieldResolver<never, unknown>>>;

const RESOLVERS: Resolvers = {
  Query: {
    shelf: (_root, { id }: { id: string }) =>
      Promise.resolve(shelves.find((each) => String(each.id) === id)),
    shelves: () => shelves.map((each) => (each.id === 2 ? Promise.resolve(each) : each)),
    colour: () => 'GREEN',
    broken: () => Promise.reject(new Error('broken')),
    gone: () => null,
  },
  Shelf: {
    books: (_shelf, { first }: { first: number }) =>
      Array.from({ length: first }, (_, at) => book(at + 1)),
    path: (_shelf, _arguments, _context, info) => String(info.path.key),
  },
  Book: {
    shelf: () => shelves[0],
    later: ({ title }: { title: string }) => Promise.resolve(`${title}, later`),
  },
};

function shelfSchema(): GraphQLSchema {
  const schema = buildSchema(SDL);
  for (const [name, fields] of Object.entries(RESOLVERS)) {
    const type = schema.getType(name);
    if (!(type instanceof GraphQLObjectType)) throw new Error(name);
    for (const [field, resolve] of Object.entries(fields)) {
      Object.assign(type.getFields()[field] ?? {}, { resolve });
    }
  }
  return schema;
}

const schema = shelfSchema();

function documentOf(source: string) {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  return document;
}

it.each([
  [
    'plain properties and arguments',
    '{ shelf(id: 1) { id name colour books { id title rating } } }',
  ],
  [
    'variables and their defaults',
    'query ($id: ID = 2, $n: Int!) { shelf(id: $id) { name books(first: $n) { title } } }',
  ],
  ['nothing found', '{ shelf(id: 9) { id } }'],
  [
    'aliases, and a field asked for twice',
    '{ a: shelf(id: 1) { id } a: shelf(id: 1) { name } b: colour colour }',
  ],
  ['lists of lists', '{ shelf(id: 1) { books(first: 1) { pages } } }'],
  [
    'fragments',
    '{ shelf(id: 1) { ...s ... on Shelf { id } ... { colour } } } fragment s on Shelf { books { ...b shelf { id } } } fragment b on Book { __typename title }',
  ],
  ['promises within lists within promises', '{ shelf(id: 2) { books(first: 3) { later title } } }'],
])('answers as the plain executor: %s', async (_what, source) => {
  const document = documentOf(source);
  const query = compileQuery(schema, document, null);
  const variableValues = { n: 1 };
  const { data, errors } = await execute({ schema, document, variableValues });
  expect(errors).toBeUndefined();
  const answer = await query?.(variableValues, {});
  expect(JSON.stringify(answer)).toBe(JSON.stringify(data));
});

it.each([
  ['a resolver fails', '{ colour shelves { books { later } } broken }'],
  ['a value is missing', '{ shelf(id: 1) { books { later } } gone { id } }'],
  ['a value is none of its type', '{ shelves { id books { later } colour } }'],
  ['a variable is missing', 'query ($id: ID!) { shelf(id: $id) { id } }'],
  ['a resolver asks where it is', '{ shelf(id: 1) { path } }'],
])('gives up where %s', async (_what, source) => {
  const query = compileQuery(schema, documentOf(source), null);
  await expect((async () => query?.({}, {}))()).rejects.toThrow();
});

it.each([
  ['a mutation', 'mutation { paint(id: 1) { id } }'],
  ['a directive', 'query ($yes: Boolean!) { colour @include(if: $yes) shelf(id: 1) { id } }'],
  ['introspection', '{ __schema { queryType { name } } }'],
  ['the name of a prototype', '{ __proto__: colour }'],
  ['a name that no operation has', 'query A { colour } query B { broken }'],
])('does not compile %s', (_what, source) => {
  expect(compileQuery(schema, documentOf(source), null)).toBeNull();
});

it('takes the operation of the name', async () => {
  const document = documentOf('query A { colour } query B { shelf(id: 1) { id } }');
  expect(await compileQuery(schema, document, 'A')?.({}, {})).toEqual({ colour: 'GREEN' });
});

it('does not compile fragments that multiply', () => {
  const levels = Array.from({ length: 12 }, (_, at) => at);
  const fragments = levels.map(
    (at) => `fragment f${at} on Shelf { a: place { ...f${at + 1} } b: place { ...f${at + 1} } }`,
  );
  const source = `{ shelf(id: 1) { ...f0 } } ${fragments.join('\n')} fragment f12 on Shelf { id }`;
  expect(compileQuery(schema, documentOf(source), null)).toBeNull();
});
