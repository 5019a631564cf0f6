import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from './api/schema.js';
import { LookalikeError, reasonOf } from './domain/errors.js';
import type { Services } from './api/schema.js';
import type { Caller } from './domain/access.js';
import { Authentication } from './http/authentication.js';
import { serveBundle } from './http/bundles.js';
import { createConsoleHandler } from './http/console.js';
import { createGraphqlHandler } from './http/graphql.js';
import { serveMap } from './http/map-files.js';
import { servePicture } from './http/picture-files.js';
import { protectionOf, requirePath } from './http/protected-paths.js';
import { isVisit, refuse, sendToLogIn } from './http/refusal.js';
import { RequestGate } from './http/request-gate.js';
import { pathOf } from './http/request-path.js';
import { setSecurityHeaders } from './http/security-headers.js';
import { serveSession } from './http/session-route.js';
import { serveSubscriptions } from './http/subscriptions.js';
import type { Log } from './ports/log.js';

export interface HttpOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly consoleDirectory: string;
  /** Whether all requests come through a proxy of ours, over TLS. */
  readonly isBehindProxy: boolean;
  /** Whether callers may ask for the schema. */
  readonly allowsIntrospection: boolean;
  /** As many requests as a caller may make in a minute. */
  readonly requestsPerMinute: number;
}

export interface RunningHttp {
  readonly port: number;
  /** Gets the console ready, which takes a while; never throws. */
  prepareConsole(): Promise<void>;
  /** Answers what has been asked, then lets go of the port. */
  close(): Promise<void>;
}

/** A slow upload gets so long; whoever stops a server does not wait for ten seconds. */
const DRAIN_MS = 8000;
/** Connections whose last answer is out meanwhile are let go of so often. */
const IDLE_CHECK_MS = 50;
const KEEP_ALIVE_MS = 65_000;

/**
 * One origin for everything: GraphQL, pictures, GraphiQL and the console.
 * @throws LookalikeError PORT_UNAVAILABLE
 */
export async function serveHttp(
  services: Services,
  log: Log,
  options: HttpOptions,
): Promise<RunningHttp> {
  const { host, port, consoleDirectory, isBehindProxy, allowsIntrospection } = options;
  const schema = await createSchema(services);
  const { access, sessions, sweeps, training, visibility } = services;
  const authentication = new Authentication(access, sessions, isBehindProxy, log);
  const contextOf = (caller: Caller) => ({ sweeps, training, caller });
  const gate = new RequestGate(options.requestsPerMinute, isBehindProxy);
  const graphql = await createGraphqlHandler(schema, log, allowsIntrospection);
  const console = createConsoleHandler(consoleDirectory, log);
  const schemaText = textFile(printSchema(lexicographicSortSchema(schema)), 'text/plain');
  const healthy = textFile('ok\n', 'text/plain');
  let graphiql: ReturnType<typeof textFile> | null = null;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pathname = pathOf(request.url);
    if (pathname === '/healthz') {
      healthy(response);
      return;
    }
    const protection = pathname === '/graphql' ? null : protectionOf(pathname);
    // The files of the console are nobody's, and many; and anybody may keep them: they bear no token.
    const isLimited = protection ?? (pathname === '/graphql' || pathname === '/session');
    const found = authentication.callerOf(request, isLimited ? response : null);
    const caller = found instanceof Promise ? await found : found;
    const wait = isLimited ? gate.secondsToWait(caller, request) : 0;
    if (wait > 0) {
      refuse(request, response, new LookalikeError('RATE_LIMITED'), wait);
      return;
    }
    if (pathname === '/session') return serveSession(authentication, request, response);
    if (pathname === '/graphql') {
      if (caller) return graphql(request, response, contextOf(caller));
      refuse(request, response);
      return;
    }
    setSecurityHeaders(response);
    if (!caller && isVisit(request) && pathname !== '/login') {
      sendToLogIn(request, response);
      return;
    }
    if (!protection) return console.handle(request, response);
    if (!caller) {
      refuse(request, response);
      return;
    }
    try {
      await requirePath(protection, pathname, caller, visibility);
    } catch (thrown) {
      if (!(thrown instanceof LookalikeError)) throw thrown;
      refuse(request, response, thrown);
      return;
    }
    return answerProtected(request, response, pathname);
  }

  /** For callers who may have what the path leads to. */
  async function answerProtected(
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
  ): Promise<void> {
    if (pathname === '/schema.graphql' && allowsIntrospection) {
      schemaText(response);
      return;
    }
    if (pathname === '/graphiql') {
      graphiql ??= textFile(await graphiqlPage(), 'text/html');
      graphiql(response);
      return;
    }
    if (await servePicture(services.images, pathname, response)) return;
    if (await serveMap(services.maps, request, response, pathname)) return;
    const { bundleExport, bundleImport } = services;
    if (await serveBundle(bundleExport, bundleImport, request, response, pathname)) return;
    return console.handle(request, response);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((thrown: unknown) => {
      log.error(`${request.method} ${request.url}: ${thrown instanceof Error ? thrown.stack : ''}`);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('Something went wrong on the server. Its log has the cause.\n');
    });
  });
  // A bundle may come for hours; headers still have their minute.
  server.requestTimeout = 0;
  // Longer than clients keep idle connections, so that none is closed as a request arrives on it.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const closeSubscriptions = serveSubscriptions(
    ...([server, schema, authentication, gate, contextOf, allowsIntrospection, log] as const),
  );
  const taken = await listen(server, host, port);
  return {
    port: taken,
    prepareConsole: () => console.prepare(),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      const cutOff = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      const letGo = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
      await closeSubscriptions();
      await closed;
      clearTimeout(cutOff);
      clearInterval(letGo);
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (thrown) => {
      reject(
        new LookalikeError(
          'PORT_UNAVAILABLE',
          `Port ${port} on ${host} cannot be listened on (${reasonOf(thrown)}). ` +
            'Stop what uses it, or set PORT to another one.',
          { cause: thrown },
        ),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Loaded when it is first asked for: the page is 9 MB of script, half a second of every start. */
async function graphiqlPage(): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return renderGraphiQL({
    title: 'Lookalike API',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    headers: JSON.stringify({ 'apollo-require-preflight': 'true' }),
    defaultQuery:
      '{\n  datasets {\n    id\n    title\n    labelCounts { label split count }\n  }\n}\n',
  });
}

function textFile(text: string, contentType: string): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(200, { 'content-type': `${contentType}; charset=utf-8` });
    response.end(text);
  };
}
