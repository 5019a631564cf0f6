import { GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

type FieldResolverMetadata = ReturnType<typeof getMetadataStorage>['fieldResolvers'][number];

/**
 * Has the field resolvers that take nothing but their object called as they are. type-graphql gathers the
 * arguments of every call anew, which for the URLs of a list of images takes longer than the URLs.
 * @param instances the resolvers by their classes
 */
export function resolveDirectly(
  schema: GraphQLSchema,
  instances: ReadonlyMap<unknown, unknown>,
): void {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  for (const metadata of fieldResolvers) {
    if (!takesOnlyItsObject(metadata)) continue;
    const of = metadata.resolverClassMetadata?.getObjectType();
    const name = objectTypes.find(({ target }) => target === of)?.name ?? '';
    const type = schema.getType(name);
    const field = type instanceof GraphQLObjectType && type.getFields()[metadata.schemaName];
    const instance = instances.get(metadata.target);
    const method = methodOf(instance, metadata.methodName);
    if (field && method) field.resolve = (source) => method.call(instance, source);
  }
}

function takesOnlyItsObject({ kind, params, middlewares, roles }: FieldResolverMetadata): boolean {
  if (kind !== 'external' || (middlewares && middlewares.length > 0) || roles) return false;
  const [only, ...others] = params ?? [];
  if (only?.kind !== 'root' || others.length > 0 || only.propertyName !== undefined) return false;
  // An object of a class would be made of it first.
  return only.getType === undefined || only.getType() === Object;
}

function methodOf(
  instance: unknown,
  name: string,
): ((this: unknown, source: unknown) => unknown) | null {
  const method: unknown =
    typeof instance === 'object' && instance !== null ? Reflect.get(instance, name) : null;
  return typeof method === 'function' ? (method as (source: unknown) => unknown) : null;
}
