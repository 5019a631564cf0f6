import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { AccessKey } from '../domain/access.js';
import { AccessService, type CreatedKey } from '../services/access.service.js';
import { AccessKeyType, CreatedAccessKeyType, NewAccessKeyInput } from './access-key.type.js';
import type { ApiContext } from './context.js';
import { parseId } from './ids.js';
import { Requires } from './requires.js';

const EVERYWHERE = { acrossDatasets: true } as const;

@Resolver(() => AccessKeyType)
export class AccessKeyResolver {
  constructor(private readonly access: AccessService) {}

  @Requires('ADMIN', EVERYWHERE)
  @Query(() => [AccessKeyType], {
    description: 'All keys, newest first, with those that are no good any more.',
  })
  accessKeys(): Promise<AccessKey[]> {
    return this.access.list();
  }

  @Requires('ADMIN', EVERYWHERE)
  @Mutation(() => CreatedAccessKeyType, {
    description:
      'Makes a key, and tells its secret this once; with a key that expires, none that is good for longer. Errors: INVALID_ARGUMENT, DATASET_NOT_FOUND.',
  })
  createAccessKey(
    @Arg('input', () => NewAccessKeyInput, { description: 'The key.' })
    { name, role, datasetIds, expiresAt }: NewAccessKeyInput,
    @Ctx() { caller }: ApiContext,
  ): Promise<CreatedKey> {
    const scope = datasetIds?.map(parseId) ?? null;
    const wanted = { name, role, datasetIds: scope, expiresAt: expiresAt ?? null };
    return this.access.create(wanted, caller);
  }

  @Requires('ADMIN', EVERYWHERE)
  @Mutation(() => AccessKeyType, {
    description:
      'From now on nobody gets in with this key; sessions that were opened with it end. Errors: ' +
      'KEY_NOT_FOUND.',
  })
  revokeAccessKey(
    @Arg('id', () => ID, { description: 'Id of the key.' }) id: string,
  ): Promise<AccessKey> {
    return this.access.revoke(parseId(id));
  }
}
