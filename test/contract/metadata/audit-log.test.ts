import { describe } from 'vitest';
import { METADATA_ADAPTERS } from './adapters.js';
import { auditLogCases } from './audit-log.cases.js';

describe.each(METADATA_ADAPTERS)('the audit log in %s', (_, open) => {
  auditLogCases(open);
});
