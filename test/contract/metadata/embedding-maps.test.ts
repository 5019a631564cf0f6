import { describe } from 'vitest';
import { METADATA_ADAPTERS } from './adapters.js';
import { embeddingMapsCases } from './embedding-maps.cases.js';

describe.each(METADATA_ADAPTERS)('the table of maps in %s', (_, open) => {
  embeddingMapsCases(open);
});
