import { describe } from 'vitest';
import { accessKeysCases, sessionsCases } from './access-keys.cases.js';
import { METADATA_ADAPTERS } from './adapters.js';

describe.each(METADATA_ADAPTERS)('the table of keys in %s', (_, open) => {
  accessKeysCases(open);
});

describe.each(METADATA_ADAPTERS)('the table of sessions in %s', (_, open) => {
  sessionsCases(open);
});
