import { Field, ID, ObjectType } from 'type-graphql';
import type { AuditEntry, AuditOutcome } from '../domain/audit.js';

@ObjectType('AuditEntry', { description: 'That somebody did something, or tried to.' })
export class AuditEntryType implements Omit<AuditEntry, 'sessionId'> {
  @Field(() => ID, { description: 'Id of the entry; a later one has a higher one.' })
  readonly id!: number;

  @Field(() => Date, { description: 'When it ended.' })
  readonly at!: Date;

  @Field(() => ID, { nullable: true, description: 'Id of the key; null for whoever had none.' })
  readonly keyId!: number | null;

  @Field(() => String, {
    description: 'The name of the key at that time; `nobody` where there was none.',
  })
  readonly caller!: string;

  @Field(() => String, {
    description: 'Where the request came from; empty for what was done at the machine itself.',
  })
  readonly address!: string;

  @Field(() => String, {
    description:
      'A mutation by its name, `login`, `logout`, `exportBundle`, `importBundle`, or `request` for ' +
      'what was refused before it was read.',
  })
  readonly action!: string;

  @Field(() => String, { description: 'What it was done to, by ids.' })
  readonly subject!: string;

  @Field(() => String, {
    description:
      '`OK`, or the code of the error; `BEGUN` while it goes on, and where the server ended before it did.',
  })
  readonly outcome!: AuditOutcome;
}

@ObjectType('AuditFilters', { description: 'What the entries can be filtered by.' })
export class AuditFiltersType {
  @Field(() => [String], { description: 'The callers that there are entries of.' })
  readonly callers!: readonly string[];

  @Field(() => [String], { description: 'The actions that there are entries of.' })
  readonly actions!: readonly string[];
}
