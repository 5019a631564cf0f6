import { describe } from 'vitest';
import { METADATA_ADAPTERS } from './adapters.js';
import { doomedBlobsCases } from './doomed-blobs.cases.js';
import { modelActivationsCases } from './model-activations.cases.js';
import { modelImportCases } from './model-import.cases.js';
import { modelsCases } from './models.cases.js';

describe.each(METADATA_ADAPTERS)('the table of models in %s', (_, open) => {
  modelsCases(open);
  doomedBlobsCases(open);
  modelImportCases(open);
  modelActivationsCases(open);
});
