import { buildSchema, getIntrospectionQuery, parse, validate, type DocumentNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { MAX_COST, queryCost, requireAffordable } from '../../../server/http/query-cost.js';
import { measureOf, withinLimits } from '../../../server/http/query-limits.js';
import * as generated from '../../../web/gql/graphql.js';
import { sourceOf } from '../../architecture/source-files.js';

const schema = buildSchema(sourceOf('schema.graphql'));

function costOf(query: string, variables: Readonly<Record<string, unknown>> = {}): number {
  return queryCost(schema, parse(query), null)(variables);
}

function complaints(query: string): string[] {
  return validate(schema, parse(query), [withinLimits]).map(({ message }) => message);
}

const documents = Object.entries(generated as Readonly<Record<string, unknown>>).filter(
  (entry): entry is [string, DocumentNode] => entry[0].endsWith('Document'),
);

describe('the console', () => {
  it('has documents to be looked at', () => {
    expect(documents.length).toBeGreaterThan(30);
  });

  it.each(documents)('%s is within the limits, also for the longest lists', (_, document) => {
    expect(validate(schema, document, [withinLimits])).toEqual([]);
    const longest = { first: 200, last: 200, size: 200, k: 1000 };
    expect(queryCost(schema, document, null)(longest)).toBeLessThan(MAX_COST);
  });
});

describe('the cost of a query', () => {
  it.each([
    ['{ architectures { name } }', 1 + 10],
    ['{ images(datasetId: 1) { totalCount } }', 1 + 1],
    ['{ images(datasetId: 1) { edges { cursor } } }', 1 + 1 + 50],
    ['{ images(datasetId: 1, first: 3) { edges { node { id url } } } }', 1 + 1 + 3 * (1 + 2)],
    ['{ similarImages(imageId: 1, k: 7) { neighbours { rank image { id } } } }', 2 + 7 * 3],
    ['{ similarImages(imageId: 1) { neighbours { rank } } }', 2 + 10],
    [
      '{ search(datasetId: 1, k: 5, queries: [{}, {}, {}]) { neighbours { rank distance } } }',
      1 + 3 * (1 + 5 * 2),
    ],
  ])('%s is %i', (query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it('depends on the variables, and their defaults', () => {
    const query =
      'query ($k: Int = 4) { similarImages(imageId: 1, k: $k) { neighbours { rank } } }';
    expect(costOf(query)).toBe(2 + 4);
    expect(costOf(query, { k: 500 })).toBe(2 + 500);
    const many =
      'query ($q: [SearchQueryInput!]!) { search(datasetId: 1, queries: $q) { neighbours { rank } } }';
    expect(costOf(many, { q: [{}, {}] })).toBe(1 + 2 * (1 + 10));
  });

  it('is high where networks work for an answer', () => {
    const one = (name: string) =>
      `${name}: explainNeighbour(datasetId: 1, imageId: 2, example: { imageId: 3 }) { rows columns agreement similarity }`;
    const many = (count: number) =>
      `{ ${Array.from({ length: count }, (_, place) => one(`e${place}`)).join(' ')} }`;
    expect(complaints(many(60))).toEqual([]);
    requireAffordable(costOf(many(20)));
    expect(() => requireAffordable(costOf(many(60)))).toThrow('could hold');
  });

  it('counts fragments wherever they are spread', () => {
    const query = `fragment F on Image { id url }
      { images(datasetId: 1, first: 2) { edges { node { ...F ... on Image { label } } } } }`;
    expect(costOf(query)).toBe(2 + 2 * (1 + 3));
  });

  it('lets fifty searches for a thousand pass, and nothing that multiplies', () => {
    const one = '{ neighbours { rank similarity percentile distance image { id label url } } }';
    const query = `query ($q: [SearchQueryInput!]!) { search(datasetId: 1, k: 1000, queries: $q) ${one} }`;
    requireAffordable(costOf(query, { q: new Array(50).fill({}) }));
    const runs = 'dataset { trainingRuns { epochs { loss } } }';
    const nested = `dataset { models { dataset { models { ${runs} } } } }`;
    const costly = `{ images(datasetId: 1, first: 200) { edges { node { ${nested} } } } }`;
    expect(complaints(costly)).toEqual([]);
    expect(() => requireAffordable(costOf(costly))).toThrow(
      expect.objectContaining({ code: 'QUERY_TOO_COSTLY' }) as Error,
    );
  });
});

describe('a document', () => {
  it('by which tools learn the schema is not refused', () => {
    expect(complaints(getIntrospectionQuery())).toEqual([]);
  });

  it('that nests too deeply is refused', () => {
    const nested = (levels: number) =>
      `{ image(id: 1) ${'{ dataset { activeModel '.repeat(levels)}{ id }${' } }'.repeat(levels)} }`;
    expect(complaints(nested(6))).toEqual([]);
    expect(complaints(nested(7))).toEqual(['The document has 16 levels deep; 14 are the most.']);
  });

  it('that asks for the same under many names is refused', () => {
    const fields = Array.from({ length: 61 }, (_, at) => `f${at}: datasets { id }`);
    expect(complaints(`{ ${fields.join(' ')} }`)).toEqual([
      'The document has 61 aliases; 60 are the most.',
    ]);
  });

  it('whose fragments multiply is refused at once, and one that spreads itself ends', () => {
    const fragments = Array.from({ length: 40 }, (_, at) =>
      at === 0
        ? 'fragment F0 on Image { id url }'
        : `fragment F${at} on Image { ...F${at - 1} ...F${at - 1} }`,
    );
    expect(complaints(`${fragments.join('\n')} { image(id: 1) { ...F39 } }`)[0]).toContain(
      'fields',
    );
    const cyclic = 'fragment A on Image { ...B } fragment B on Image { id ...A }';
    expect(measureOf(parse(`${cyclic} { image(id: 1) { ...A } }`)).fields).toBe(2);
  });
});
