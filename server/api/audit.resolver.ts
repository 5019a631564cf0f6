import { Arg, ID, Int, Query, Resolver } from 'type-graphql';
import type { AuditEntry } from '../domain/audit.js';
import { AuditService } from '../services/audit.service.js';
import { AuditEntryType, AuditFiltersType } from './audit.type.js';
import { parseId, requireRange } from './ids.js';
import { Requires } from './requires.js';

const EVERYWHERE = { acrossDatasets: true } as const;
const MOST = 200;

@Resolver(() => AuditEntryType)
export class AuditResolver {
  constructor(private readonly audit: AuditService) {}

  @Requires('ADMIN', EVERYWHERE)
  @Query(() => [AuditEntryType], {
    description:
      'Who did what, newest first: mutations, logins, bundles, and what was refused. The newest ' +
      '100,000 are kept, and 10,000 of what was refused. Errors: INVALID_ARGUMENT, INVALID_ID.',
  })
  auditEntries(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 200.' })
    first: number,
    @Arg('after', () => ID, {
      nullable: true,
      description: 'Only entries older than the one with this id.',
    })
    after: string | null | undefined,
    @Arg('caller', () => String, { nullable: true, description: 'Only by whoever is called so.' })
    caller: string | null | undefined,
    @Arg('action', () => String, { nullable: true, description: 'Only this action.' })
    action: string | null | undefined,
  ): Promise<AuditEntry[]> {
    const limit = requireRange('first', first, 1, MOST);
    const before = after === null || after === undefined ? null : parseId(after);
    return this.audit.list({ caller: caller ?? null, action: action ?? null }, before, limit);
  }

  @Requires('ADMIN', EVERYWHERE)
  @Query(() => AuditFiltersType, { description: 'What the audit entries can be filtered by.' })
  async auditFilters(): Promise<AuditFiltersType> {
    const [callers, actions] = await Promise.all([this.audit.callers(), this.audit.actions()]);
    return { callers, actions };
  }
}
