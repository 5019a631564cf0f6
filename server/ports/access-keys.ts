import type { AccessKey, NewAccessKey, Session } from '../domain/access.js';

/** A key with the hash that its secret is known by. */
export interface StoredKey {
  readonly key: AccessKey;
  readonly hash: string;
}

/** The table of keys. A secret is never stored, only its hash. */
export interface AccessKeys {
  /** Newest first, also those that are revoked or have expired. */
  list(): Promise<StoredKey[]>;
  byHash(hash: string): Promise<StoredKey | null>;
  /** @throws LookalikeError DATASET_NOT_FOUND where it is to be kept to one that is gone */
  create(key: NewAccessKey, hash: string): Promise<AccessKey>;
  /** Revokes it from now on; what is revoked already stays so. Null where there is no such key. */
  revoke(id: number): Promise<AccessKey | null>;
  noteUse(id: number, at: Date): Promise<void>;
  /**
   * Has the hash be that of the one key that the setting gives, and revokes those that it gave before,
   * all at once. Null withdraws the key that it gave.
   */
  putSetting(name: string, hash: string | null): Promise<void>;
}

/** A session with the hashes of the tokens that it is known by. */
export interface StoredSession extends Session {
  readonly hash: string;
  /** Of the token before, until it is certain that the browser has the new one. */
  readonly previousHash: string | null;
}

/** The table of sessions. A token is never stored, only its hash. */
export interface Sessions {
  /** Those that have not expired. */
  list(): Promise<StoredSession[]>;
  create(session: Pick<StoredSession, 'keyId' | 'hash' | 'expiresAt'>): Promise<StoredSession>;
  /** Writes what a session is known by from now on. */
  update(session: StoredSession): Promise<void>;
  end(id: number): Promise<void>;
  /** Forgets those that have expired. */
  sweep(): Promise<void>;
}
