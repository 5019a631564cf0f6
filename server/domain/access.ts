/** What a key may do; each role may do what those before it may. */
export const ROLES = ['SEARCH', 'CONTRIBUTE', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** What a caller may be kept to: these belong to one dataset each. */
export type ThingKind = 'dataset' | 'image' | 'model' | 'run' | 'sweep';

/** A key as it is told; of its secret only a hash is kept. */
export interface AccessKey {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  /** The datasets that it is kept to; null for all, also those to come. */
  readonly datasetIds: readonly number[] | null;
  /** Whether it is the one that the setting LOOKALIKE_ADMIN_KEY gives. */
  readonly fromSetting: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** Within a minute; null before the first use. */
  readonly lastUsedAt: Date | null;
}

export type NewAccessKey = Pick<AccessKey, 'name' | 'role' | 'datasetIds' | 'expiresAt'>;

/** A browser that has logged in with a key. */
export interface Session {
  readonly id: number;
  readonly keyId: number;
  readonly createdAt: Date;
  /** When its token was last exchanged for another. */
  readonly rotatedAt: Date;
  readonly expiresAt: Date;
}

/** Who asks for something. */
export interface Caller {
  /** Null where nobody has said who they are, and the setting lets them search. */
  readonly keyId: number | null;
  readonly sessionId: number | null;
  readonly name: string;
  readonly role: Role;
  /** The datasets that it is kept to; null for all. */
  readonly datasetIds: ReadonlySet<number> | null;
}

/** Whoever has said nothing of who they are, where they may search. */
export const ANONYMOUS: Caller = Object.freeze({
  keyId: null,
  sessionId: null,
  name: 'anonymous',
  role: 'SEARCH',
  datasetIds: null,
});

export function roleIncludes(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Whether a key is good at a time (milliseconds since 1970). */
export function isUsable({ expiresAt, revokedAt }: AccessKey, now: number): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt.getTime() > now);
}

/** Whether a key may do everything, for good: without one, nobody could make others. */
export function isMaster(key: AccessKey, now: number): boolean {
  return (
    key.role === 'ADMIN' && key.datasetIds === null && key.expiresAt === null && isUsable(key, now)
  );
}
