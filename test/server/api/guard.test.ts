import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { undeclaredIn } from '../../../server/api/guard.js';
import { namedThings } from '../../../server/api/named-things.js';
import { createSchema } from '../../../server/api/schema.js';

it('every operation declares its role, and every id what it names', async () => {
  expect(undeclaredIn(await createSchema(null))).toEqual([]);
});

it('what is not declared would be found, however deep', () => {
  const schema = buildSchema(`
    type Query { image(id: ID!): Image }
    type Mutation { add(input: Input!): Int }
    type Image { like(imageIds: [ID!]!, thingId: ID): Int, label: String }
    input Input { datasetId: ID!, nested: [Nested!] }
    input Nested { userId: ID, again: Input }`);
  expect(undeclaredIn(schema)).toEqual([
    'Query.image',
    'Query.image(id)',
    'Mutation.add',
    'Mutation.add(input.nested.userId)',
    'Image.like(thingId)',
  ]);
});

it('ids are gathered from lists and inputs, by what they name', () => {
  const schema = buildSchema(`
    type Query { find(ids: [ID!], queries: [Input!], modelId: ID, datasetId: ID!): Int }
    input Input { imageId: ID, runIds: [ID!] }`);
  const field = schema.getQueryType()?.getFields()['find'];
  if (!field) throw new Error('There is no field.');
  const things = namedThings(field, 'image');
  const args = { ids: ['3'], queries: [{ imageId: '4' }, { runIds: ['5', '6'] }], datasetId: 7 };
  expect(Object.fromEntries(things.idsIn(args))).toEqual({
    ...{ image: [3, 4], run: [5, 6], dataset: [7] },
  });
  expect(() => things.idsIn({ modelId: 'x' })).toThrow(/is not an id/);
});
