import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  execute,
  GraphQLError,
  parse,
  specifiedRules,
  subscribe,
  NoSchemaIntrospectionCustomRule,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { OperationRequest } from '../api/context.js';
import type { Caller } from '../domain/access.js';
import { LookalikeError, reasonOf } from '../domain/errors.js';
import type { Log } from '../ports/log.js';
import type { Metrics } from '../ports/metrics.js';
import type { Authentication } from './authentication.js';
import { errorFormatter } from './error-format.js';
import type { HostNames } from './host-names.js';
import { operationNameOf } from './operation-name.js';
import { MAX_TOKENS, withinLimits } from './query-limits.js';
import type { RequestGate } from './request-gate.js';
import { REQUEST_ID } from './request-id.js';
import { pathOf } from './request-path.js';
import type { RequestWatch, WatchedOperations } from './request-record.js';
import { RequestTime } from './request-time.js';
import { TimedContext, type AskedBy } from './timed-context.js';
import { affordable, errorOf, inTime, traced, untilCompleted } from './websocket-operations.js';

const MAX_MESSAGE_BYTES = 1_000_000;
/** Bytes of answers that a client has not read: with more, nothing else that it sends is read. */
const MOST_UNREAD_BYTES = 16 * 1024 * 1024;
/** With more, after a while, it is no client: above what one answer may come to. */
const GIVEN_UP_UNREAD_BYTES = 64 * 1024 * 1024;
/** What servers alone say (graphql-transport-ws); graphql-ws tells of a client that says it as of an error within. */
const SAID_BY_SERVERS = new Set<unknown>(['connection_ack', 'next', 'error']);
/** A client that does not answer a farewell must not hold up the end of the process. */
const FAREWELL_MS = 2000;

/** How long a connection outlives the key or the session that it was opened with. */
const CHECKED_EVERY_MS = 5000;
/** As many as all clients together, and each key, may have open; and subscriptions in one. */
const MOST_CONNECTIONS = 1000;
const MOST_OF_A_KEY = 100;
/** Of those without a key, where everybody may search. */
const MOST_OF_AN_ADDRESS = 20;
const MOST_SUBSCRIPTIONS = 100;
const TOO_MANY = 4429;
/** As graphql-ws has it for whoever may not connect. */
const FORBIDDEN = 4403;

/** A connection that has been let in. */
interface Opened {
  readonly caller: Caller;
  /** The key, or the address of whoever has none. */
  readonly who: number | string;
}

/**
 * GraphQL over WebSocket on `/graphql` of the HTTP server, for whoever shows a key in the header, the cookie
 * of a session, or `authorization` among the parameters of the connection, as browsers and programs can.
 * @returns closes all connections
 */
export function serveSubscriptions(
  server: Server,
  schema: GraphQLSchema,
  authentication: Authentication,
  gate: RequestGate,
  hosts: HostNames,
  contextOf: (caller: Caller, request: IncomingMessage, record: OperationRequest) => AskedBy,
  allowsIntrospection: boolean,
  querySeconds: number,
  watch: RequestWatch,
  log: Log,
  metrics: Metrics,
): () => Promise<void> {
  const formatError = errorFormatter(log, metrics);
  const told = ({ origin }: OperationRequest, errors: readonly unknown[]) =>
    errors.map((error) => formatError(error, origin.requestId));
  const rules = allowsIntrospection
    ? specifiedRules
    : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const callers = new WeakMap<IncomingMessage, Caller>();
  const open = new Map<WebSocket, Opened>();
  const watched = new WeakMap<IncomingMessage, WatchedOperations>();
  const operationsOf = (request: IncomingMessage) => {
    const operations = watched.get(request) ?? watch.connected(request);
    watched.set(request, operations);
    return operations;
  };
  const graphql = useServer(
    {
      schema,
      onConnect: async ({ connectionParams, extra: { request, socket } }) => {
        const given = connectionParams?.['authorization'];
        const caller =
          given === undefined
            ? callers.get(request)
            : await authentication.callerOfHeader(given, request);
        // One that has gone meanwhile would be counted for ever.
        if (!caller || socket.readyState !== socket.OPEN) return false;
        const [who, most] =
          caller.keyId === null
            ? [gate.networkOf(request), MOST_OF_AN_ADDRESS]
            : [caller.keyId, MOST_OF_A_KEY];
        const same = [...open.values()].filter((other) => other.who === who);
        if (same.length >= most) {
          socket.close(TOO_MANY, 'Too many connections');
          return false;
        }
        callers.set(request, caller);
        open.set(socket, { caller, who });
        return true;
      },
      onSubscribe: ({ subscriptions, extra: { request } }, id, payload) => {
        operationsOf(request).begin(id);
        const wait = gate.secondsToWait(callers.get(request) ?? null, request);
        if (wait > 0) return [errorOf(new LookalikeError('RATE_LIMITED'))];
        if (Object.keys(subscriptions).length > MOST_SUBSCRIPTIONS) {
          return [errorOf(new LookalikeError('RATE_LIMITED', 'Too many subscriptions at once.'))];
        }
        return read(schema, payload, rules);
      },
      execute: untilCompleted(traced(watch, affordable(inTime(execute)))),
      subscribe: traced(watch, affordable(subscribe)),
      onDisconnect: ({ extra: { socket } }) => {
        open.delete(socket);
      },
      onComplete: ({ extra: { request } }, id) => operationsOf(request).end(id),
      context: ({ extra: { request } }, id, _payload, { document, operationName }) => {
        const caller = callers.get(request);
        if (!caller) throw new LookalikeError('UNAUTHENTICATED');
        const record = operationsOf(request).of(id);
        record.operation = operationNameOf(document, operationName ?? null);
        const time = new RequestTime(querySeconds);
        return new TimedContext(contextOf(caller, request, record), time);
      },
      onError: ({ extra: { request } }, id, _payload, errors): GraphQLFormattedError[] => {
        const answer = told(operationsOf(request).failed(id), errors);
        operationsOf(request).end(id);
        return answer;
      },
      onNext: ({ extra: { request } }, id, _payload, _args, { errors, data }) =>
        errors && { data: data ?? null, errors: told(operationsOf(request).failed(id), errors) },
      jsonMessageReviver: refuseSaidByServers,
      // What goes wrong here is told in the log alone.
      isProd: true,
    },
    sockets,
  );
  sockets.on('headers', (headers, request) => {
    headers.push(`${REQUEST_ID}: ${operationsOf(request).connectionId}`);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', (error) => log.debug(`WebSocket: ${error.message}`));
    if (!isForUs(request, hosts)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      return;
    }
    if (sockets.clients.size >= MOST_CONNECTIONS) {
      socket.end(
        'HTTP/1.1 503 Service Unavailable\r\nretry-after: 10\r\nconnection: close\r\n\r\n',
      );
      return;
    }
    const refuse = (thrown: unknown) => {
      log.error(`WebSocket: ${reasonOf(thrown)}`);
      socket.destroy();
    };
    Promise.resolve(authentication.callerOf(request, null)).then((caller) => {
      if (gate.secondsToWait(caller, request) > 0) {
        socket.end(
          'HTTP/1.1 429 Too Many Requests\r\nretry-after: 10\r\nconnection: close\r\n\r\n',
        );
        return;
      }
      if (caller) callers.set(request, caller);
      sockets.handleUpgrade(request, socket, head, (opened) => {
        opened.once('close', () => operationsOf(request).close());
        sockets.emit('connection', opened, request);
        // graphql-ws would tell of each frame that somebody sends wrongly as of an error within.
        opened.removeAllListeners('error');
        opened.on('error', (error) => log.debug(`WebSocket: ${error.message}`));
        const wait = () => waitUntilRead(opened, socket);
        opened.on('message', wait).on('ping', wait);
      });
    }, refuse);
  });
  const checking = setInterval(() => {
    for (const [socket, { caller }] of open) {
      if (!authentication.isStillGood(caller)) socket.close(FORBIDDEN, 'Forbidden');
      else if (socket.bufferedAmount > GIVEN_UP_UNREAD_BYTES) socket.terminate();
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

/** What a client wants carried out; the errors where it cannot be read, is too much, or is not of the schema. */
function read(
  schema: GraphQLSchema,
  { query, operationName, variables }: SubscribePayload,
  rules: readonly ValidationRule[],
): ExecutionArgs | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(query, { maxLexicalTokens: MAX_TOKENS });
  } catch (thrown) {
    // Thrown on, graphql-ws would write it into the log, with whatever the document holds.
    if (thrown instanceof GraphQLError) return [thrown];
    throw thrown;
  }
  // First what is quickly found: the other rules may take long for what is too much.
  const excess = validate(schema, document, [withinLimits]);
  const errors = excess.length > 0 ? excess : validate(schema, document, rules);
  if (errors.length > 0) return errors;
  return {
    schema,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? {},
  };
}

function refuseSaidByServers(key: string, value: unknown): unknown {
  const isMessage = key === '' && typeof value === 'object' && value !== null && 'type' in value;
  if (isMessage && SAID_BY_SERVERS.has(value.type)) throw new Error('Only servers say this.');
  return value;
}

/** Reads no more of what a client sends that does not read its answers: they would fill the memory. */
function waitUntilRead(opened: WebSocket, socket: Duplex): void {
  if (opened.isPaused || opened.bufferedAmount <= MOST_UNREAD_BYTES) return;
  opened.pause();
  socket.once('drain', () => opened.resume());
}

/** Browsers let any page open a WebSocket: only pages of this origin, and programs, are let in. */
function isForUs(request: IncomingMessage, hosts: HostNames): boolean {
  if (pathOf(request.url) !== '/graphql' || hosts.faultOf(request)) return false;
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === hosts.hostOf(request);
}
