import { describe } from 'vitest';
import { METADATA_ADAPTERS } from './adapters.js';
import { queueClaimsCases } from './queue-claims.cases.js';
import { queueLeasesCases } from './queue-leases.cases.js';
import { validatedEpochsCases } from './validated-epochs.cases.js';

describe.each(METADATA_ADAPTERS)('the queue of training runs in %s', (_, open) => {
  queueClaimsCases(open);
  queueLeasesCases(open);
  validatedEpochsCases(open);
});
