import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { operationNameOf } from '../../../server/http/operation-name.js';

it.each([
  ['{ images { id } }', null, 'images'],
  ['query Whatever { a: images { id } b: images { id } }', null, 'images'],
  ['{ images { id } models { id } }', null, 'several'],
  ['{ ...F } fragment F on Query { ... on Query { models { id } } }', null, 'models'],
  ['{ __schema { types { name } } }', null, 'introspection'],
  ['query A { images { id } } mutation B { startTraining { id } }', 'B', 'startTraining'],
  ['query A { images { id } } query B { models { id } }', null, 'other'],
])('%s (%s) is called %s', (document, name, called) => {
  expect(operationNameOf(parse(document), name)).toBe(called);
});
