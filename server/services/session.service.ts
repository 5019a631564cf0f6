import type { Caller } from '../domain/access.js';
import { LookalikeError } from '../domain/errors.js';
import type { Sessions, StoredSession } from '../ports/access-keys.js';
import type { Secrets } from '../ports/secrets.js';
import type { AccessService } from './access.service.js';

/** A token with the time it is good until; the browser keeps it where no script reads it. */
export interface SessionToken {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface SessionCaller {
  readonly caller: Caller;
  /** Whether the token is to be exchanged for another. */
  readonly isRotationDue: boolean;
}

interface OpenSession {
  stored: StoredSession;
  /** When the browser was first seen with its present token; null before. */
  confirmedAt: number | null;
  readonly callers: WeakMap<Caller, Caller>;
  isRotating: boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A token that has leaked is good for no longer than this while the browser is at work. */
const ROTATED_EVERY_MS = 15 * MINUTE_MS;
/** Requests that were under way when a token was exchanged still bear the one before. */
const GRACE_MS = MINUTE_MS;
/** A browser that is not seen for so long has to log in again. */
const IDLE_MS = 7 * DAY_MS;
const LONGEST_MS = 30 * DAY_MS;
const MOST_OF_A_KEY = 100;
const SWEPT_EVERY_MS = 10 * MINUTE_MS;

/** The sessions of browsers: all lie in memory, under the hashes of their tokens. */
export class SessionService {
  private readonly byHash = new Map<string, OpenSession>();
  private readonly byId = new Map<number, OpenSession>();
  private sweptAt = 0;

  constructor(
    private readonly sessions: Sessions,
    private readonly access: AccessService,
    private readonly secrets: Secrets,
  ) {}

  async begin(): Promise<void> {
    await this.sweep();
    for (const stored of await this.sessions.list()) this.know(stored);
  }

  /** Logs a browser in with a key. @throws LookalikeError UNAUTHENTICATED */
  async open(secret: string): Promise<SessionToken & { readonly caller: Caller }> {
    const caller = (await this.access.passOf(secret))?.();
    if (caller?.keyId == null) {
      throw new LookalikeError('UNAUTHENTICATED', 'This key is unknown, revoked or expired.');
    }
    // More of them come by logins alone.
    if (Date.now() - this.sweptAt >= SWEPT_EVERY_MS) await this.sweep();
    const token = this.secrets.create();
    const expiresAt = new Date(Date.now() + IDLE_MS);
    const hash = this.secrets.hash(token);
    const stored = await this.sessions.create({ keyId: caller.keyId, hash, expiresAt });
    this.know(stored);
    await this.endOldest(caller.keyId);
    return { token, expiresAt, caller: { ...caller, sessionId: stored.id } };
  }

  /** What this token lets in, asked anew each time; null where there is no such token. */
  passOf(token: string): (() => SessionCaller | null) | null {
    const hash = this.secrets.hash(token);
    const session = this.byHash.get(hash);
    return session ? () => this.admit(session, hash) : null;
  }

  /** Another token in the place of this one; null where that has been exchanged meanwhile. */
  async rotate(token: string): Promise<SessionToken | null> {
    const hash = this.secrets.hash(token);
    const session = this.byHash.get(hash);
    if (!session || session.isRotating) return null;
    const { stored } = session;
    const now = Date.now();
    const latest = Math.min(now + IDLE_MS, stored.createdAt.getTime() + LONGEST_MS);
    const next = this.secrets.create();
    const rotated: StoredSession = {
      ...stored,
      hash: this.secrets.hash(next),
      previousHash: hash,
      rotatedAt: new Date(now),
      expiresAt: new Date(latest),
    };
    session.isRotating = true;
    try {
      await this.sessions.update(rotated);
    } finally {
      session.isRotating = false;
    }
    // Ended meanwhile.
    if (this.byId.get(stored.id) !== session) return null;
    this.forgetTokens(session);
    session.stored = rotated;
    session.confirmedAt = null;
    this.byHash.set(rotated.hash, session).set(hash, session);
    return { token: next, expiresAt: rotated.expiresAt };
  }

  /** Whether whoever came so may still come so: a connection outlives many requests. */
  isStillGood({ keyId, sessionId }: Caller): boolean {
    if (keyId === null) return this.access.anonymous !== null;
    const session = sessionId === null ? null : this.byId.get(sessionId);
    if (sessionId !== null && !(session && session.stored.expiresAt.getTime() > Date.now())) {
      return false;
    }
    return this.access.callerById(keyId) !== null;
  }

  /** Logs the browser out that bears this token. */
  async end(token: string): Promise<void> {
    const session = this.byHash.get(this.secrets.hash(token));
    if (!session) return;
    await this.endSession(session);
  }

  /** Forgets those that have expired. */
  private async sweep(): Promise<void> {
    this.sweptAt = Date.now();
    for (const session of this.byId.values()) {
      if (session.stored.expiresAt.getTime() > this.sweptAt) continue;
      this.forgetTokens(session);
      this.byId.delete(session.stored.id);
    }
    await this.sessions.sweep();
  }

  /** A key has so many sessions and no more: whoever has one could fill the memory. */
  private async endOldest(keyId: number): Promise<void> {
    const own = [...this.byId.values()].filter(({ stored }) => stored.keyId === keyId);
    for (const session of own.slice(0, -MOST_OF_A_KEY)) await this.endSession(session);
  }

  private endSession(session: OpenSession): Promise<void> {
    this.forgetTokens(session);
    this.byId.delete(session.stored.id);
    return this.sessions.end(session.stored.id);
  }

  private admit(session: OpenSession, hash: string): SessionCaller | null {
    const now = Date.now();
    if (this.byHash.get(hash) !== session || session.stored.expiresAt.getTime() <= now) return null;
    const isPresent = session.stored.hash === hash;
    if (isPresent) session.confirmedAt ??= now;
    // The answer that bore the new token may be lost: until it is seen, the one before is good.
    else if (session.confirmedAt !== null && now - session.confirmedAt > GRACE_MS) return null;
    const caller = this.access.callerById(session.stored.keyId);
    if (!caller) return null;
    const age = now - session.stored.rotatedAt.getTime();
    const isLost = !isPresent && session.confirmedAt === null && age > GRACE_MS;
    const isDue = isPresent ? age > ROTATED_EVERY_MS : isLost;
    return {
      caller: this.ofSession(session, caller),
      isRotationDue: isDue && !session.isRotating,
    };
  }

  private know(stored: StoredSession): void {
    const session = { stored, confirmedAt: null, callers: new WeakMap(), isRotating: false };
    this.byId.set(stored.id, session);
    this.byHash.set(stored.hash, session);
    // After a restart nobody knows whether the browser has its new token: the old one has its grace, no more.
    const isFresh = Date.now() - stored.rotatedAt.getTime() <= GRACE_MS;
    if (stored.previousHash !== null && isFresh) this.byHash.set(stored.previousHash, session);
  }

  private forgetTokens({ stored }: OpenSession): void {
    this.byHash.delete(stored.hash);
    if (stored.previousHash !== null) this.byHash.delete(stored.previousHash);
  }

  private ofSession({ stored, callers }: OpenSession, caller: Caller): Caller {
    const known = callers.get(caller) ?? Object.freeze({ ...caller, sessionId: stored.id });
    callers.set(caller, known);
    return known;
  }
}
