import { expect, it } from 'vitest';
import { LEAST_QUERIES as LEAST_OF_THE_SERVER } from '../../../server/domain/model-choice';
import { fewQueriesWords, LEAST_QUERIES } from '../../../web/lib/score-words';

it('a score is called chance where the server refuses no model by it', () => {
  expect(LEAST_QUERIES).toBe(LEAST_OF_THE_SERVER);
  expect(fewQueriesWords(LEAST_QUERIES)).toBeNull();
  expect(fewQueriesWords(LEAST_QUERIES - 1)).toMatch(/measured on 29 labelled TEST images only/);
  expect(fewQueriesWords(1)).toMatch(/measured on 1 labelled TEST image only/);
});

it('a score of nothing is no score', () => {
  expect(fewQueriesWords(0)).toBeNull();
});
