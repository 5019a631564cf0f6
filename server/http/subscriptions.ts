import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { ApiContext } from '../api/context.js';
import type { Log } from '../ports/log.js';
import { errorFormatter } from './error-format.js';
import { pathOf } from './request-path.js';

const MAX_MESSAGE_BYTES = 1_000_000;
/** A client that does not answer a farewell must not hold up the end of the process. */
const FAREWELL_MS = 2000;

/** GraphQL over WebSocket on `/graphql` of the HTTP server. @returns closes all connections */
export function serveSubscriptions(
  server: Server,
  schema: GraphQLSchema,
  context: ApiContext,
  log: Log,
): () => Promise<void> {
  const formatError = errorFormatter(log);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const graphql = useServer(
    {
      schema,
      context: () => context,
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
    sockets.handleUpgrade(request, socket, head, (opened) => {
      sockets.emit('connection', opened, request);
    });
  });
  return async () => {
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
