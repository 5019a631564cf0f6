import { describe } from 'vitest';
import { METADATA_ADAPTERS } from './adapters.js';
import { runEndsCases } from './run-ends.cases.js';
import { deletingDatasetCases } from './deleting-dataset.cases.js';
import { trainingRunsCases } from './training-runs.cases.js';

describe.each(METADATA_ADAPTERS)('the table of training runs in %s', (_, open) => {
  trainingRunsCases(open);
  runEndsCases(open);
  deletingDatasetCases(open);
});
