import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { expect, it } from 'vitest';
import { sourceOf } from './source-files.js';

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

it('everything in schema.graphql has a description', () => {
  expect(undescribedIn(sourceOf('schema.graphql'))).toEqual([]);
});

it('a missing description would be found wherever it is missing', () => {
  const sdl = `
    type Query { image(id: ID!): Int }
    enum Split { TRAIN }
    input Filter { split: Split }`;
  expect(undescribedIn(sdl)).toEqual([
    'Query',
    'Query.image',
    'Query.image(id)',
    'Split',
    'Split.TRAIN',
    'Filter',
    'Filter.split',
  ]);
});

function undescribedIn(sdl: string): string[] {
  const types = Object.values(buildSchema(sdl).getTypeMap());
  return types.flatMap((type) => {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) return [];
    return [...undescribed('', [type]), ...undescribedMembers(type)];
  });
}

function undescribedMembers(type: unknown): string[] {
  if (isEnumType(type)) return undescribed(`${type.name}.`, type.getValues());
  if (isInputObjectType(type)) {
    return undescribed(`${type.name}.`, Object.values(type.getFields()));
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => [
    ...undescribed(`${type.name}.`, [field]),
    ...undescribed(`${type.name}.${field.name}(`, field.args).map((path) => `${path})`),
  ]);
}

function undescribed(prefix: string, parts: readonly Described[]): string[] {
  return parts
    .filter(({ description }) => !description?.trim())
    .map(({ name }) => `${prefix}${name}`);
}
