import {
  GraphQLObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { roleIncludes, type Caller, type Role } from '../domain/access.js';
import { LookalikeError } from '../domain/errors.js';
import type { Visibility } from '../services/visibility.js';
import type { ApiContext } from './context.js';
import { namedThings, type ThingNames } from './named-things.js';
import { ACCESS, type FieldAccess } from './requires.js';

type Resolve = GraphQLFieldResolver<unknown, ApiContext>;

/** What nobody has thought of is for those who may do everything. */
const UNDECLARED: FieldAccess = { role: 'ADMIN', acrossDatasets: true };

/**
 * Has every query, mutation and subscription ask first who calls, and every field that takes ids whether
 * what they name is of a dataset that the caller is kept to. For a caller that is kept to none this costs a
 * comparison.
 * @param visibility null where nothing is to be answered
 */
export function guardSchema(schema: GraphQLSchema, visibility: Visibility | null): void {
  const subscriptions = schema.getSubscriptionType();
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), subscriptions]);
  for (const type of objectTypesOf(schema)) {
    for (const field of Object.values(type.getFields())) {
      const access = accessOf(field) ?? (roots.has(type) ? UNDECLARED : null);
      const things = namedThings(field, access?.ids);
      if (!visibility || (!access && things.isEmpty)) continue;
      const guarded = (resolve: Resolve) =>
        guard(field.name, access ?? { role: 'SEARCH' }, things, visibility, resolve);
      if (type === subscriptions) {
        if (field.subscribe) field.subscribe = guarded(field.subscribe as Resolve);
      } else if (field.resolve) field.resolve = guarded(field.resolve as Resolve);
    }
  }
}

/** What is not declared as it should be: operations without a role, ids of no known kind. */
export function undeclaredIn(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return objectTypesOf(schema).flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const access = accessOf(field);
      const name = `${type.name}.${field.name}`;
      const things = namedThings(field, access?.ids);
      return [
        ...(roots.includes(type) && !access ? [name] : []),
        ...(access?.acrossDatasets ? [] : things.unknown.map((id) => `${name}(${id})`)),
      ];
    }),
  );
}

/** The role that a field asks for; null where it declares none. */
export function roleOf(field: GraphQLField<unknown, unknown>): Role | null {
  return accessOf(field)?.role ?? null;
}

/** @throws LookalikeError FORBIDDEN */
export function requireRole({ name, role }: Caller, needed: Role, what: string): void {
  if (roleIncludes(role, needed)) return;
  throw new LookalikeError(
    'FORBIDDEN',
    `${what} is for the role ${needed}; "${name}" has the role ${role}.`,
  );
}

/** @throws LookalikeError FORBIDDEN */
export function requireAllDatasets({ name, datasetIds }: Caller, what: string): void {
  if (datasetIds === null) return;
  throw new LookalikeError('FORBIDDEN', `${what} is for keys of all datasets, not for "${name}".`);
}

function guard(
  name: string,
  { role, acrossDatasets = false }: FieldAccess,
  things: ThingNames,
  visibility: Visibility,
  resolve: Resolve,
): Resolve {
  const what = `\`${name}\``;
  return (source, args: Readonly<Record<string, unknown>>, context, info) => {
    const { caller } = context;
    requireRole(caller, role, what);
    if (caller.datasetIds === null) return resolve(source, args, context, info);
    if (acrossDatasets || things.unknown.length > 0) requireAllDatasets(caller, what);
    return requireVisible(visibility, caller, things, args).then(async () =>
      visibleOf(caller.datasetIds, await resolve(source, args, context, info)),
    );
  };
}

async function requireVisible(
  visibility: Visibility,
  caller: Caller,
  things: ThingNames,
  args: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (const [kind, ids] of things.idsIn(args)) await visibility.require(caller, kind, ids);
}

/** Of a list of datasets, or of what belongs to datasets, those that the caller may see. */
function visibleOf(datasetIds: Caller['datasetIds'], answer: unknown): unknown {
  if (datasetIds === null || !Array.isArray(answer)) return answer;
  return answer.filter((each: unknown) => {
    const datasetId = datasetIdOf(each);
    return datasetId === null || datasetIds.has(datasetId);
  });
}

/** Null for what belongs to no dataset. */
function datasetIdOf(thing: unknown): number | null {
  if (typeof thing !== 'object' || thing === null) return null;
  if ('datasetId' in thing && typeof thing.datasetId === 'number') return thing.datasetId;
  const isDataset = 'activeModelId' in thing && 'importedCount' in thing && 'id' in thing;
  return isDataset && typeof thing.id === 'number' ? thing.id : null;
}

/** What a field declares of who may ask for it; null where it declares nothing. */
export function accessOf(field: GraphQLField<unknown, unknown>): FieldAccess | null {
  return (field.extensions[ACCESS] as FieldAccess | undefined) ?? null;
}

function objectTypesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type) => type instanceof GraphQLObjectType && !type.name.startsWith('__'),
  ) as GraphQLObjectType[];
}
