import {
  ANONYMOUS,
  isMaster,
  isUsable,
  type AccessKey,
  type Caller,
  type NewAccessKey,
} from '../domain/access.js';
import { LookalikeError, reasonOf } from '../domain/errors.js';
import type { AccessKeys, StoredKey } from '../ports/access-keys.js';
import type { Log } from '../ports/log.js';
import type { Secrets } from '../ports/secrets.js';

/** A key with its secret, which is told this once. */
export interface CreatedKey {
  readonly key: AccessKey;
  readonly secret: string;
}

export interface AccessSettings {
  /** Whether whoever says nothing of who they are may search. */
  readonly anonymousSearch: boolean;
  /** The secret of an admin's key that is given by a setting. */
  readonly adminKey: string | null;
}

/** Lets in whoever shows a key, asked anew each time: null where the key is no good any more. */
export type Pass = () => Caller | null;

interface KnownKey {
  key: AccessKey;
  readonly pass: Pass;
  readonly caller: Caller;
  /** When a use was last written, in milliseconds since 1970. */
  notedAt: number;
}

/** So that keys are told from other secrets, by people and by programs that look for leaked ones. */
const MARK = 'lk_';
const ADMIN = 'admin';
const SETTING = 'LOOKALIKE_ADMIN_KEY';
const MAX_NAME = 100;
/** A use is written at most so often: reading must not become writing. */
const NOTED_EVERY_MS = 60_000;

/**
 * The keys. Every one that is good lies in memory under the hash of its secret, as every request asks
 * for one: the server's process alone changes keys, and what the command `admin-key` adds is found in
 * the table when it is first used.
 */
export class AccessService {
  private readonly byHash = new Map<string, KnownKey>();
  private readonly byId = new Map<number, KnownKey>();
  private readonly revoked = new Map<number, AccessKey>();

  constructor(
    private readonly keys: AccessKeys,
    private readonly secrets: Secrets,
    private readonly settings: AccessSettings,
    private readonly log: Log,
  ) {}

  /**
   * Reads the keys. Where none is good for everything, as at the first start, one is made.
   * @returns its secret, to be shown to whoever sees the terminal; null where there was one
   */
  async begin(): Promise<string | null> {
    const { adminKey } = this.settings;
    await this.keys.putSetting(SETTING, adminKey === null ? null : this.secrets.hash(adminKey));
    const stored = await this.keys.list();
    for (const each of stored) this.know(each);
    if (stored.some(({ key }) => isMaster(key, Date.now()))) return null;
    return (await this.createMaster()).secret;
  }

  /** A key that may do everything, for whoever has lost theirs. */
  createMaster(): Promise<CreatedKey> {
    return this.create({ name: ADMIN, role: 'ADMIN', datasetIds: null, expiresAt: null });
  }

  /** Who has said nothing of who they are; null where they may do nothing. */
  get anonymous(): Caller | null {
    return this.settings.anonymousSearch ? ANONYMOUS : null;
  }

  /** What this key lets in, at once where it is known; null where there is no such key. */
  passOf(secret: string): Pass | null | Promise<Pass | null> {
    const hash = this.secrets.hash(secret);
    const known = this.byHash.get(hash);
    if (known) return known.pass;
    return this.keys.byHash(hash).then((stored) => stored && this.know(stored).pass);
  }

  /** Who logged in with this key; null where it is no good any more. */
  callerById(keyId: number): Caller | null {
    const known = this.byId.get(keyId);
    return known ? this.used(known) : null;
  }

  /** Newest first, with those that are no good any more. */
  async list(): Promise<AccessKey[]> {
    return (await this.keys.list()).map(({ key }) => key);
  }

  /** @throws LookalikeError INVALID_ARGUMENT, DATASET_NOT_FOUND */
  async create(wanted: NewAccessKey): Promise<CreatedKey> {
    const name = wanted.name.trim();
    if (name === '' || name.length > MAX_NAME) {
      throw new LookalikeError('INVALID_ARGUMENT', `"name" must have 1 to ${MAX_NAME} letters.`);
    }
    if (wanted.expiresAt && !(wanted.expiresAt.getTime() > Date.now())) {
      throw new LookalikeError('INVALID_ARGUMENT', '"expiresAt" must be in the future.');
    }
    if (wanted.datasetIds?.length === 0) {
      throw new LookalikeError(
        'INVALID_ARGUMENT',
        'Name one dataset or more in "datasetIds", or leave it out for all.',
      );
    }
    const secret = MARK + this.secrets.create();
    const hash = this.secrets.hash(secret);
    const key = await this.keys.create({ ...wanted, name }, hash);
    this.know({ key, hash });
    return { key, secret };
  }

  /** From now on nobody gets in with it. @throws LookalikeError KEY_NOT_FOUND */
  async revoke(id: number): Promise<AccessKey> {
    const key = await this.keys.revoke(id);
    if (!key) throw new LookalikeError('KEY_NOT_FOUND', `There is no key ${id}.`);
    this.revoked.set(id, key);
    const known = this.byId.get(id);
    if (known) known.key = key;
    return key;
  }

  /** A row may have been read before the key was revoked, and twice at once. */
  private know({ key: read, hash }: StoredKey): KnownKey {
    const already = this.byId.get(read.id);
    if (already) return already;
    const key = this.revoked.get(read.id) ?? read;
    const { id: keyId, name, role, datasetIds, lastUsedAt } = key;
    const scope = datasetIds && new Set(datasetIds);
    const caller = Object.freeze({ keyId, sessionId: null, name, role, datasetIds: scope });
    const pass = () => this.used(known);
    const known: KnownKey = { key, pass, caller, notedAt: lastUsedAt?.getTime() ?? 0 };
    this.byHash.set(hash, known);
    this.byId.set(keyId, known);
    return known;
  }

  private used(known: KnownKey): Caller | null {
    const now = Date.now();
    if (!isUsable(known.key, now)) return null;
    if (now - known.notedAt >= NOTED_EVERY_MS) {
      known.notedAt = now;
      this.keys.noteUse(known.key.id, new Date(now)).catch((thrown: unknown) => {
        this.log.warn(`the use of key ${known.key.id} could not be noted: ${reasonOf(thrown)}`);
      });
    }
    return known.caller;
  }
}
