import type { OpenMetadata } from './metadata.js';
import { openSqlite } from './sqlite.js';

/** Every kind of metadata there is: the same cases run on each. */
export const METADATA_ADAPTERS: readonly (readonly [string, OpenMetadata])[] = [
  ['sqlite', openSqlite],
];
