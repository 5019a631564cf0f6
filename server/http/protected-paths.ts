import type { Caller, Role, ThingKind } from '../domain/access.js';
import { LookalikeError } from '../domain/errors.js';
import { requireAllDatasets, requireRole } from '../api/guard.js';
import type { Visibility } from '../services/visibility.js';

interface ProtectedPath {
  /** Its groups are ids. */
  readonly path: RegExp;
  readonly role: Role;
  /** What the groups name, in their order. */
  readonly ids: readonly ThingKind[];
  /** Whether it is about more than one dataset: nothing for keys that are kept to some. */
  readonly acrossDatasets?: boolean;
  /** Whether it takes a key, also where strangers may search. */
  readonly needsKey?: boolean;
}

/** Every path beside `/graphql` that leads to something of the datasets, or to what only callers may know. */
export const PROTECTED_PATHS: readonly ProtectedPath[] = [
  { path: /^\/(?:images|thumbnails|originals)\/(\d{1,15})$/, role: 'SEARCH', ids: ['image'] },
  {
    path: /^\/reconstructions\/(\d{1,15})\/\d{1,9}\/(\d{1,15})$/,
    role: 'SEARCH',
    ids: ['run', 'image'],
  },
  { path: /^\/maps\/(\d{1,15})\/[a-z]+\.bin$/, role: 'SEARCH', ids: ['model'] },
  { path: /^\/datasets\/(\d{1,15})\/bundle$/, role: 'CONTRIBUTE', ids: ['dataset'] },
  { path: /^\/bundles$/, role: 'CONTRIBUTE', ids: [], acrossDatasets: true },
  { path: /^\/metrics$/, role: 'SEARCH', ids: [], acrossDatasets: true, needsKey: true },
  { path: /^\/(?:graphiql|schema\.graphql)$/, role: 'SEARCH', ids: [] },
];

/** Null for a path that is open to everybody: those of the console, which holds no data. */
export function protectionOf(pathname: string): ProtectedPath | null {
  return PROTECTED_PATHS.find(({ path }) => path.test(pathname)) ?? null;
}

/** @throws LookalikeError UNAUTHENTICATED, FORBIDDEN; ..._NOT_FOUND for what is of a dataset that the caller may not see */
export async function requirePath(
  { path, role, ids, acrossDatasets, needsKey }: ProtectedPath,
  pathname: string,
  caller: Caller,
  visibility: Visibility,
): Promise<void> {
  if (needsKey && caller.keyId === null) throw new LookalikeError('UNAUTHENTICATED');
  requireRole(caller, role, 'This address');
  if (acrossDatasets) requireAllDatasets(caller, 'This address');
  if (caller.datasetIds === null) return;
  const [, ...named] = path.exec(pathname) ?? [];
  for (const [position, kind] of ids.entries()) {
    await visibility.require(caller, kind, [Number(named[position])]);
  }
}
