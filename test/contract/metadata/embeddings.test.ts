import { describe } from 'vitest';
import { METADATA_ADAPTERS } from './adapters.js';
import { embeddingStatesCases } from './embedding-states.cases.js';
import { embeddingsCases } from './embeddings.cases.js';

describe.each(METADATA_ADAPTERS)('the table of embeddings in %s', (_, open) => {
  embeddingsCases(open);
  embeddingStatesCases(open);
});
