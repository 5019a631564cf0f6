import { writeFile } from 'node:fs/promises';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from './api/schema.js';

const schema = await createSchema(null);
await writeFile('schema.graphql', `${printSchema(lexicographicSortSchema(schema))}\n`);
