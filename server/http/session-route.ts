import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../domain/access.js';
import { outcomeOf } from '../domain/audit.js';
import { LookalikeError } from '../domain/errors.js';
import type { AuditService } from '../services/audit.service.js';
import type { Authentication } from './authentication.js';
import { refuse } from './refusal.js';
import { readBytes } from './request-body.js';

const MAX_BODY_BYTES = 10_000;

/**
 * `POST /session` with `{"key": ...}` logs a browser in, `DELETE /session` logs it out, `GET /session` tells
 * who is logged in. No page of another site can send what these take: JSON, or DELETE.
 */
export async function serveSession(
  authentication: Authentication,
  audit: AuditService,
  address: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method === 'GET') await tellWho(authentication, request, response);
    else if (request.method === 'POST')
      await logIn(authentication, audit, address, request, response);
    else if (request.method === 'DELETE') {
      const caller = await authentication.callerOf(request, null);
      await authentication.logOut(request, response);
      if (caller?.sessionId != null) await audit.note({ caller, address }, 'logout', '', 'OK');
      response.writeHead(204, { 'cache-control': 'no-store' }).end();
    } else {
      response.writeHead(405, { allow: 'GET, POST, DELETE' }).end();
    }
  } catch (thrown) {
    if (!(thrown instanceof LookalikeError)) throw thrown;
    refuse(request, response, thrown);
  }
}

async function tellWho(
  authentication: Authentication,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const caller = await authentication.callerOf(request, response);
  if (!caller) throw new LookalikeError('UNAUTHENTICATED');
  const { name, role, keyId } = caller;
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ name, role, isAnonymous: keyId === null }));
}

async function logIn(
  authentication: Authentication,
  audit: AuditService,
  address: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!/^application\/json(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new LookalikeError('REQUEST_INVALID', 'Send the key as JSON: {"key": "..."}.');
  }
  const body = (await readBytes(request, MAX_BODY_BYTES)).toString('utf8');
  const key = keyIn(body);
  const before = await authentication.callerOf(request, null);
  let caller: Caller;
  try {
    caller = await authentication.logIn(key, request, response);
  } catch (thrown) {
    await audit.note({ caller: null, address }, 'login', '', outcomeOf(thrown));
    throw thrown;
  }
  if (before?.sessionId != null) await audit.note({ caller: before, address }, 'logout', '', 'OK');
  await audit.note({ caller, address }, 'login', '', 'OK');
  response.writeHead(204, { 'cache-control': 'no-store' }).end();
}

/** @throws LookalikeError REQUEST_INVALID */
function keyIn(body: string): string {
  try {
    const { key } = JSON.parse(body) as { key?: unknown };
    if (typeof key === 'string') return key;
  } catch {
    // Told below, like any other body without a key: what was sent may hold one, and is not repeated.
  }
  throw new LookalikeError('REQUEST_INVALID', 'Send the key as JSON: {"key": "..."}.');
}
