import { describe } from 'vitest';
import { METADATA_ADAPTERS } from './adapters.js';
import { datasetsCases } from './datasets.cases.js';

describe.each(METADATA_ADAPTERS)('the table of datasets in %s', (_, open) => {
  datasetsCases(open);
});
