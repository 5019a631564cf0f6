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
const MOST_UNKNOWN = 10_000;
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
  /** Hashes that no key has, nor will have: those of keys to come are not guessed before. */
  private readonly unknown = new Set<string>();

  constructor(
    private readonly keys: AccessKeys,
    private readonly secrets: Secrets,
    private readonly settings: AccessSettings,
    private readonly log: Log,
  ) {}

  /**
   * Reads the keys. Where none is good for everything, as at the first start, one is made.
   * @param isShown whether there is a terminal to show it on: one that nobody has seen is good for nothing
   * @returns its secret, to be shown to whoever sees the terminal; null where there was one, or none is made
   */
  async begin(isShown = true): Promise<string | null> {
    const { adminKey } = this.settings;
    await this.keys.putSetting(SETTING, adminKey === null ? null : this.secrets.hash(adminKey));
    const stored = await this.keys.list();
    for (const each of stored) this.know(each);
    return isShown && this.isKeyless ? (await this.createMaster()).secret : null;
  }

  /** Whether there is no key that may do everything. */
  get isKeyless(): boolean {
    const now = Date.now();
    return ![...this.byId.values()].some(({ key }) => isMaster(key, now));
  }

  /** A key that may do everything, for whoever has lost theirs. */
  createMaster(): Promise<CreatedKey> {
    return this.create({ name: ADMIN, role: 'ADMIN', datasetIds: null, expiresAt: null });
  }

  /** Who has said nothing of who they are; null where they may do nothing. */
  get anonymous(): Caller | null {
    return this.settings.anonymousSearch ? ANONYMOUS : null;
  }

  /** What this key lets in; null where it has to be looked up. */
  knownPassOf(secret: string): Pass | null {
    return this.byHash.get(this.secrets.hash(secret))?.pass ?? null;
  }

  /** What this key lets in; null where there is no such key. */
  async passOf(secret: string): Promise<Pass | null> {
    const hash = this.secrets.hash(secret);
    const known = this.byHash.get(hash);
    if (known) return known.pass;
    if (this.unknown.has(hash)) return null;
    const stored = await this.keys.byHash(hash);
    if (stored) return this.know(stored).pass;
    this.unknown.add(hash);
    const [oldest] = this.unknown;
    if (this.unknown.size > MOST_UNKNOWN && oldest !== undefined) this.unknown.delete(oldest);
    return null;
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

  /**
   * @param by who has it made; null for whoever has the machine
   * @throws LookalikeError INVALID_ARGUMENT, DATASET_NOT_FOUND
   */
  async create(wanted: NewAccessKey, by: Caller | null = null): Promise<CreatedKey> {
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
    const latest = by?.keyId == null ? null : (this.byId.get(by.keyId)?.key.expiresAt ?? null);
    if (latest && !(wanted.expiresAt && wanted.expiresAt.getTime() <= latest.getTime())) {
      throw new LookalikeError(
        'INVALID_ARGUMENT',
        `"expiresAt" must be ${latest.toISOString()} or before: a key that expires then makes none that is ` +
          'good for longer.',
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
