import type { IncomingMessage, ServerResponse } from 'node:http';
import { LookalikeError, type ErrorCode } from '../domain/errors.js';

const STATUSES: Partial<Record<ErrorCode, number>> = {
  FORBIDDEN: 403,
  HOST_UNKNOWN: 421,
  OVERLOADED: 503,
  RATE_LIMITED: 429,
  TIMED_OUT: 504,
  REQUEST_INVALID: 400,
  UNAUTHENTICATED: 401,
  UPLOAD_TOO_LARGE: 413,
};
const PAGE = /\btext\/html\b/;
const LOG_IN = '/login';

/** The status of HTTP that an error is told with, where a request is not answered at all. */
export function statusOf(code: ErrorCode, otherwise: number): number {
  return STATUSES[code] ?? otherwise;
}

/** Whether a person asks, by going to an address, and not a program or a page for a part of it. */
export function isVisit({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && PAGE.test(headers.accept ?? '');
}

/** Sends nobody in particular to where they can say who they are, and back from there. */
export function sendToLogIn(request: IncomingMessage, response: ServerResponse): void {
  const location = `${LOG_IN}?return=${encodeURIComponent(request.url ?? '/')}`;
  response.writeHead(302, { location, 'cache-control': 'no-store' }).end();
}

/** Tells why a request is not answered, in JSON: as GraphQL does on its path, else as `code` and `message`. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { code, message }: LookalikeError = new LookalikeError('UNAUTHENTICATED'),
  retryAfterSeconds?: number,
): void {
  const isGraphql = request.url?.startsWith('/graphql') && !request.url.startsWith('/graphiql');
  const told = isGraphql ? { errors: [{ message, extensions: { code } }] } : { code, message };
  // Nothing that is still on its way is read: not for somebody who may not ask.
  request.resume();
  response.writeHead(statusOf(code, 404), {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    ...(request.method !== 'GET' && { connection: 'close' }),
    ...(code === 'UNAUTHENTICATED' && { 'www-authenticate': 'Bearer realm="Lookalike"' }),
  });
  response.end(JSON.stringify(told));
}
