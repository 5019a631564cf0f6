import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { AccessKey, Role } from '../domain/access.js';
import type { CreatedKey } from '../services/access.service.js';
import { RoleEnum } from './enums.js';

@ObjectType('AccessKey', { description: 'What lets in whoever has its secret.' })
export class AccessKeyType implements AccessKey {
  @Field(() => ID, { description: 'Id of the key.' })
  readonly id!: number;

  @Field(() => String, { description: 'Who or what has it, for people.' })
  readonly name!: string;

  @Field(() => RoleEnum, { description: 'What it may do.' })
  readonly role!: Role;

  @Field(() => [ID], {
    nullable: true,
    description: 'The datasets that it is kept to, as far as they are there; null for all.',
  })
  readonly datasetIds!: readonly number[] | null;

  @Field(() => Boolean, {
    description:
      'Whether the setting LOOKALIKE_ADMIN_KEY gives it: at the next start it is good again.',
  })
  readonly fromSetting!: boolean;

  @Field(() => Date, { description: 'When it was made.' })
  readonly createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'Until when it is good; null for ever.' })
  readonly expiresAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was revoked; null if it was not.' })
  readonly revokedAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was last used, to the minute; null before the first time.',
  })
  readonly lastUsedAt!: Date | null;
}

@ObjectType('CreatedAccessKey', { description: 'A key that has just been made.' })
export class CreatedAccessKeyType implements CreatedKey {
  @Field(() => AccessKeyType, { description: 'The key.' })
  readonly key!: AccessKey;

  @Field(() => String, {
    description: 'What lets in; told this once, and not kept: save it. Send it as `Bearer SECRET`.',
  })
  readonly secret!: string;
}

@InputType({ description: 'A key to be made.' })
export class NewAccessKeyInput {
  @Field(() => String, { description: 'Who or what gets it, for people; 1 to 100 letters.' })
  readonly name!: string;

  @Field(() => RoleEnum, { description: 'What it may do.' })
  readonly role!: Role;

  @Field(() => [ID], {
    nullable: true,
    description: 'The datasets that it is kept to; all, also those to come, if not given.',
  })
  readonly datasetIds?: readonly string[] | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Until when it is good; for ever if not given.',
  })
  readonly expiresAt?: Date | null;
}
