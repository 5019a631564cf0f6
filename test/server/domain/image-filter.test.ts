import { expect, it } from 'vitest';
import { checkImageFilter } from '../../../server/domain/image-filter.js';

const entries = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ key: `key ${at}`, value: 'x' }));

it('a filter may ask for twenty metadata entries and no more', () => {
  checkImageFilter({});
  checkImageFilter({ metadata: null });
  checkImageFilter({ metadata: entries(20) });
  expect(() => checkImageFilter({ metadata: entries(21) })).toThrow(/up to 20/);
});
