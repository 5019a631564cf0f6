import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Caller } from '../domain/access.js';
import { reasonOf } from '../domain/errors.js';
import type { Log } from '../ports/log.js';
import type { AccessService, Pass } from '../services/access.service.js';
import type { SessionCaller, SessionService, SessionToken } from '../services/session.service.js';
import type { RequestGate } from './request-gate.js';

const BEARER = /^Bearer +([\w-]{1,200})$/i;

/** What a connection has last shown, and whom that lets in. */
interface Shown {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  readonly admit: () => SessionCaller | null;
  readonly token: string | null;
}

/**
 * Tells who sends a request: by a key in the header `Authorization`, by the cookie of a session, or, where
 * the setting says so, by nothing. What a connection has shown once is not looked up again for its next
 * request, only asked whether it is still good: the hash of a secret takes longer than the rest of it.
 */
export class Authentication {
  private readonly shown = new WeakMap<Socket, Shown>();

  /**
   * @param isBehindTls whether browsers come over HTTPS, through a proxy that we trust
   * @param gate tells whose keys are not even looked up
   */
  constructor(
    private readonly access: AccessService,
    private readonly sessions: SessionService,
    private readonly isBehindTls: boolean,
    private readonly gate: RequestGate,
    private readonly log: Log,
  ) {}

  /**
   * At once where the key is known; null where nobody may be let in.
   * @param response where a session that is due gets its next token; null where there is none to send it in
   */
  callerOf(
    request: IncomingMessage,
    response: ServerResponse | null,
  ): Caller | null | Promise<Caller | null> {
    const { authorization, cookie } = request.headers;
    const known = this.shown.get(request.socket);
    if (known && known.authorization === authorization && known.cookie === cookie) {
      return this.admitted(known, request, response);
    }
    if (authorization !== undefined) {
      const secret = BEARER.exec(authorization)?.[1];
      const pass = this.passOf(secret, request);
      const remember = (found: typeof pass) => {
        if (!found || found instanceof Promise) return null;
        const admit = () => notDue(found());
        return this.remember(request, { authorization, cookie, admit, token: null }, response);
      };
      return pass instanceof Promise ? pass.then(remember) : remember(pass);
    }
    const token = cookie === undefined ? null : tokenIn(cookie, this.cookieName(request));
    const pass = token === null ? null : this.sessions.passOf(token);
    const admit = () => pass?.() ?? notDue(this.access.anonymous);
    return this.remember(request, { authorization, cookie, admit, token }, response);
  }

  /** Whose key this is, as `Bearer KEY`: browsers cannot send a header with a WebSocket. */
  async callerOfHeader(authorization: unknown, request: IncomingMessage): Promise<Caller | null> {
    const secret = typeof authorization === 'string' ? BEARER.exec(authorization)?.[1] : undefined;
    const pass = await this.passOf(secret, request);
    return pass?.() ?? null;
  }

  /** Whoever tries one key after another must not have the table asked for each. */
  private passOf(
    secret: string | undefined,
    request: IncomingMessage,
  ): Pass | null | Promise<Pass | null> {
    if (secret === undefined) return null;
    return this.access.knownPassOf(secret) ?? this.lookUp(secret, request);
  }

  private lookUp(secret: string, request: IncomingMessage): null | Promise<Pass | null> {
    return this.gate.isShutOut(request) ? null : this.access.passOf(secret);
  }

  isStillGood(caller: Caller): boolean {
    return this.sessions.isStillGood(caller);
  }

  /**
   * Ends the session that the browser had before: its cookie has but one place.
   * @returns who that is
   * @throws LookalikeError UNAUTHENTICATED
   */
  async logIn(secret: string, request: IncomingMessage, response: ServerResponse): Promise<Caller> {
    const { caller, ...token } = await this.sessions.open(secret);
    this.give(token, request, response);
    const before = tokenIn(request.headers.cookie ?? '', this.cookieName(request));
    if (before !== null) await this.forget(before);
    return caller;
  }

  /** One that cannot be ended on the disk is good until it expires, and no reason to keep anybody out. */
  private async forget(token: string): Promise<void> {
    try {
      await this.sessions.end(token);
    } catch (thrown) {
      this.log.warn(`a session that another login has replaced goes on: ${reasonOf(thrown)}`);
    }
  }

  async logOut(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = tokenIn(request.headers.cookie ?? '', this.cookieName(request));
    if (token !== null) await this.sessions.end(token);
    response.setHeader('set-cookie', this.cookieOf(request, '', 0));
  }

  private remember(
    request: IncomingMessage,
    shown: Shown,
    response: ServerResponse | null,
  ): Caller | null | Promise<Caller | null> {
    this.shown.set(request.socket, shown);
    return this.admitted(shown, request, response);
  }

  private admitted(
    { admit, token }: Shown,
    request: IncomingMessage,
    response: ServerResponse | null,
  ): Caller | null | Promise<Caller | null> {
    const admission = admit();
    if (!admission) return null;
    if (!admission.isRotationDue || token === null || !response) return admission.caller;
    return this.rotated(token, request, response).then(() => admission.caller);
  }

  /** A session that cannot be written goes on with the token that it has. */
  private async rotated(
    token: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    try {
      const next = await this.sessions.rotate(token);
      if (next) this.give(next, request, response);
    } catch (thrown) {
      this.log.warn(`a session keeps its token: ${reasonOf(thrown)}`);
    }
  }

  private give(
    { token, expiresAt }: SessionToken,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const seconds = Math.max(0, Math.round((expiresAt.getTime() - Date.now()) / 1000));
    response.setHeader('set-cookie', this.cookieOf(request, token, seconds));
  }

  private cookieOf(request: IncomingMessage, token: string, seconds: number): string {
    const rules = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}`;
    return `${this.cookieName(request)}=${token}; ${rules}${this.isBehindTls ? '; Secure' : ''}`;
  }

  /**
   * With the port: to browsers, all ports of a machine share their cookies. Over TLS with the prefix that has
   * them take it from this very host alone (RFC 6265bis, section 4.1.3.2): no neighbouring host can put one in
   * its place.
   */
  private cookieName({ socket }: IncomingMessage): string {
    return `${this.isBehindTls ? '__Host-' : ''}lookalike-${socket.localPort ?? 0}`;
  }
}

function notDue(caller: Caller | null): SessionCaller | null {
  return caller && { caller, isRotationDue: false };
}

function tokenIn(cookies: string, name: string): string | null {
  for (const cookie of cookies.split(';')) {
    const [key, token] = cookie.trim().split('=', 2);
    if (key === name && token) return token;
  }
  return null;
}
