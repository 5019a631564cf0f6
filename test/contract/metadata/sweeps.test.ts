import { describe } from 'vitest';
import { METADATA_ADAPTERS } from './adapters.js';
import { sweepsCases } from './sweeps.cases.js';

describe.each(METADATA_ADAPTERS)('the table of sweeps in %s', (_, open) => {
  sweepsCases(open);
});
