import 'reflect-metadata';
import { GraphQLObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { expect, it } from 'vitest';
import { resolveDirectly } from '../../../server/api/direct-resolvers.js';
import { ImageResolver } from '../../../server/api/image.resolver.js';
import type { DatasetService } from '../../../server/services/dataset.service.js';
import type { ImageDetails } from '../../../server/services/image-details.service.js';
import type { ImageService } from '../../../server/services/image.service.js';
import { newImage } from '../../contract/metadata/rows.js';

const image = { ...newImage(1, 'train/1'), id: 7, addedAt: new Date(0) };

/** The images' part of the API; no service is asked for a URL. */
async function schemaOfImages() {
  const resolver = new ImageResolver({} as ImageService, {} as DatasetService, {} as ImageDetails);
  const schema = await buildSchema({
    resolvers: [ImageResolver],
    container: { get: () => resolver },
    validate: false,
  });
  return { schema, instances: new Map([[ImageResolver, resolver]]) };
}

function resolverOf(
  schema: GraphQLSchema,
  type: string,
  field: string,
): GraphQLFieldResolver<unknown, unknown> | undefined {
  const found = schema.getType(type);
  return found instanceof GraphQLObjectType ? found.getFields()[field]?.resolve : undefined;
}

it.each(['url', 'originalUrl'])('%s is what type-graphql gives', async (field) => {
  const { schema, instances } = await schemaOfImages();
  const plain = resolverOf(schema, 'Image', field);
  resolveDirectly(schema, instances);
  const direct = resolverOf(schema, 'Image', field);
  expect(direct).not.toBe(plain);
  const call = (resolve: typeof plain) => resolve?.(image, {}, {}, {} as never);
  expect(call(direct)).toMatch(/^\/\w+\/7\?v=/);
  expect(call(direct)).toBe(call(plain));
});

it('leaves alone what takes arguments, and the plain fields', async () => {
  const { schema, instances } = await schemaOfImages();
  const before = resolverOf(schema, 'Query', 'image');
  const thumbnail = resolverOf(schema, 'Image', 'thumbnailUrl');
  resolveDirectly(schema, instances);
  expect(before).toBeDefined();
  expect(resolverOf(schema, 'Query', 'image')).toBe(before);
  expect(resolverOf(schema, 'Image', 'thumbnailUrl')).toBe(thumbnail);
  expect(resolverOf(schema, 'Image', 'label')).toBeUndefined();
});
