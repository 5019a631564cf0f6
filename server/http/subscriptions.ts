import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ApiContext } from '../api/context.js';
import { ANONYMOUS, type Caller } from '../domain/access.js';
import type { Log } from '../ports/log.js';
import type { Authentication } from './authentication.js';
import { errorFormatter } from './error-format.js';
import { pathOf } from './request-path.js';

const MAX_MESSAGE_BYTES = 1_000_000;
/** A client that does not answer a farewell must not hold up the end of the process. */
const FAREWELL_MS = 2000;

/** How long a connection outlives the key or the session that it was opened with. */
const CHECKED_EVERY_MS = 5000;
/** As graphql-ws has it for whoever may not connect. */
const FORBIDDEN = 4403;

/**
 * GraphQL over WebSocket on `/graphql` of the HTTP server, for whoever shows a key in the header, the cookie
 * of a session, or `authorization` among the parameters of the connection, as browsers and programs can.
 * @returns closes all connections
 */
export function serveSubscriptions(
  server: Server,
  schema: GraphQLSchema,
  authentication: Authentication,
  contextOf: (caller: Caller) => ApiContext,
  log: Log,
): () => Promise<void> {
  const formatError = errorFormatter(log);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const callers = new WeakMap<IncomingMessage, Caller>();
  const open = new Map<WebSocket, Caller>();
  const graphql = useServer(
    {
      schema,
      onConnect: async ({ connectionParams, extra: { request, socket } }) => {
        const given = connectionParams?.['authorization'];
        const caller =
          given === undefined ? callers.get(request) : await authentication.callerOfHeader(given);
        if (!caller) return false;
        callers.set(request, caller);
        open.set(socket, caller);
        return true;
      },
      onDisconnect: ({ extra: { socket } }) => {
        open.delete(socket);
      },
      context: ({ extra: { request } }) => contextOf(callers.get(request) ?? ANONYMOUS),
      onError: (_context, _id, _payload, errors): readonly GraphQLFormattedError[] =>
        errors.map(formatError),
      onNext: (_context, _id, _payload, _args, { errors, data }) =>
        errors && { data: data ?? null, errors: errors.map(formatError) },
    },
    sockets,
  );
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', (error) => log.warn(`WebSocket: ${error.message}`));
    if (!isForUs(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      return;
    }
    void Promise.resolve(authentication.callerOf(request, null)).then((caller) => {
      if (caller) callers.set(request, caller);
      sockets.handleUpgrade(request, socket, head, (opened) => {
        sockets.emit('connection', opened, request);
      });
    });
  });
  const checking = setInterval(() => {
    for (const [socket, caller] of open) {
      if (!authentication.isStillGood(caller)) socket.close(FORBIDDEN, 'Forbidden');
    }
  }, CHECKED_EVERY_MS).unref();
  return async () => {
    clearInterval(checking);
    const cutOff = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, FAREWELL_MS);
    await graphql.dispose();
    clearTimeout(cutOff);
  };
}

/** Browsers let any page open a WebSocket: only pages of this origin, and programs, are let in. */
function isForUs({ url, headers }: IncomingMessage): boolean {
  if (pathOf(url) !== '/graphql') return false;
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
