import { describe } from 'vitest';
import { METADATA_ADAPTERS } from './adapters.js';
import { datasetDeletionCases } from './dataset-deletion.cases.js';
import { datasetLabelsCases } from './dataset-labels.cases.js';
import { datasetRefusalsCases } from './dataset-refusals.cases.js';
import { datasetsCases } from './datasets.cases.js';

describe.each(METADATA_ADAPTERS)('the table of datasets in %s', (_, open) => {
  datasetsCases(open);
  datasetLabelsCases(open);
  datasetRefusalsCases(open);
  datasetDeletionCases(open);
});
