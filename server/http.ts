import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { lexicographicSortSchema, printSchema } from 'graphql';
import type { OperationRequest } from './api/context.js';
import { createSchema } from './api/schema.js';
import { isRefusal } from './domain/audit.js';
import { LookalikeError } from './domain/errors.js';
import { countedAs } from './domain/network.js';
import type { Services } from './api/schema.js';
import type { Caller } from './domain/access.js';
import { Authentication } from './http/authentication.js';
import { BytesUnderWay } from './http/bytes-under-way.js';
import { isBundlePath, serveBundle, type Noted } from './http/bundles.js';
import { clientAddress } from './http/client-address.js';
import { boundConnections } from './http/connections.js';
import { createConsoleHandler } from './http/console.js';
import { createGraphiqlHandler } from './http/graphiql.js';
import { createGraphqlHandler } from './http/graphql.js';
import { HostNames } from './http/host-names.js';
import { listen } from './http/listen.js';
import { serveMap } from './http/map-files.js';
import { servePicture } from './http/picture-files.js';
import { protectionOf, requirePath } from './http/protected-paths.js';
import { serveReadiness } from './http/readiness-route.js';
import { isVisit, refuse, sendToLogIn } from './http/refusal.js';
import { RequestBodies } from './http/request-bodies.js';
import { hasBody } from './http/request-body.js';
import { RequestGate } from './http/request-gate.js';
import { REQUEST_ID } from './http/request-id.js';
import { pathOf } from './http/request-path.js';
import { RequestWatch, type Watching } from './http/request-record.js';
import { setSecurityHeaders } from './http/security-headers.js';
import { serveSession } from './http/session-route.js';
import { serveSubscriptions } from './http/subscriptions.js';
import type { Log } from './ports/log.js';

export interface HttpOptions {
  readonly host: string;
  /** The names that the server goes by, beside that and localhost. */
  readonly hostNames: readonly string[];
  /** 0 takes any free one. */
  readonly port: number;
  readonly consoleDirectory: string;
  /** Whether all requests come through a proxy of ours, over TLS. */
  readonly isBehindProxy: boolean;
  /** Whether callers may ask for the schema. */
  readonly allowsIntrospection: boolean;
  /** As many requests as a caller may make in a minute. */
  readonly requestsPerMinute: number;
  /** How long a query may take. */
  readonly querySeconds: number;
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
/** Who asks for nothing within this is no client; nor who neither reads nor writes, whatever is computed. */
const HEADERS_MS = 20_000;
const SILENT_MS = 600_000;
const KEEP_ALIVE_MS = 65_000;
const WORDS_MS = 30_000;
const FILES_MS = 10 * 60_000;
/** Scripts and styles, which pages load many of. */
const CONSOLE_FILES = '/_next/static/';
/** Of what a stranger wrote, so much is noted. */
const LONGEST_PATH = 100;

/**
 * One origin for everything: GraphQL, pictures, GraphiQL and the console.
 * @throws LookalikeError PORT_UNAVAILABLE
 */
export async function serveHttp(
  services: Services,
  log: Log,
  options: HttpOptions,
  watching: Watching,
): Promise<RunningHttp> {
  const { host, port, consoleDirectory, isBehindProxy, allowsIntrospection } = options;
  const schema = await createSchema(services);
  const { metrics } = watching;
  const { access, audit, sessions, sweeps, training, visibility } = services;
  const gate = new RequestGate(options.requestsPerMinute, isBehindProxy);
  const authentication = new Authentication(access, sessions, isBehindProxy, gate, log);
  const addressOf = (request: IncomingMessage) => clientAddress(request, isBehindProxy);
  const contextOf = (caller: Caller, request: IncomingMessage, record: OperationRequest) => ({
    sweeps,
    training,
    caller,
    address: addressOf(request),
    request: record,
  });
  const watch = new RequestWatch(log, watching, isBehindProxy);
  const underWay = new BytesUnderWay();
  const graphql = await createGraphqlHandler(
    ...([schema, log, metrics, allowsIntrospection, options.querySeconds, underWay] as const),
  );
  const bodies = new RequestBodies();
  const hosts = new HostNames(host, options.hostNames, isBehindProxy);
  const console = createConsoleHandler(consoleDirectory, log);
  const schemaText = textFile(printSchema(lexicographicSortSchema(schema)), 'text/plain');
  const healthy = textFile('ok\n', 'text/plain');
  const graphiql = createGraphiqlHandler();

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    record: OperationRequest,
  ): Promise<void> {
    const pathname = pathOf(request.url);
    if (pathname === '/healthz') {
      healthy(response);
      return;
    }
    if (pathname === '/readyz') return serveReadiness(services.readiness, response);
    const misled = hosts.faultOf(request);
    if (misled) {
      refuse(request, response, misled);
      return;
    }
    const protection = pathname === '/graphql' ? null : protectionOf(pathname);
    // Pages of the console anybody may keep: they bear no token.
    const bearsToken = protection ?? (pathname === '/graphql' || pathname === '/session');
    const found = authentication.callerOf(request, bearsToken ? response : null);
    const caller = found instanceof Promise ? await found : found;
    // The files of a page are many, and only read; pages are made.
    const isFree = !bearsToken && pathname.startsWith(CONSOLE_FILES);
    const wait = isFree ? 0 : gate.secondsToWait(caller, request);
    if (pathname === '/graphql') {
      if (caller && wait === 0) {
        const context = contextOf(caller, request, record);
        return watch.operationTraced(record, () => graphql(request, response, context));
      }
      response.setHeader(REQUEST_ID, record.origin.requestId);
    }
    if (wait > 0) {
      refuse(request, response, new LookalikeError('RATE_LIMITED'), wait);
      return;
    }
    if (pathname === '/session') {
      return serveSession(authentication, audit, addressOf(request), request, response);
    }
    if (pathname === '/graphql') {
      return deny(request, response, null);
    }
    setSecurityHeaders(response);
    if (!caller && isVisit(request) && pathname !== '/login') {
      sendToLogIn(request, response);
      return;
    }
    if (!protection) return showConsole(request, response);
    if (!caller) return deny(request, response, null);
    try {
      await requirePath(protection, pathname, caller, visibility);
    } catch (thrown) {
      if (!(thrown instanceof LookalikeError)) throw thrown;
      return deny(request, response, caller, thrown);
    }
    return answerProtected(request, response, pathname, caller);
  }

  /** Refuses a request, and notes that it was made where it was to do something. */
  async function deny(
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller | null,
    error = new LookalikeError('UNAUTHENTICATED'),
  ): Promise<void> {
    const pathname = pathOf(request.url);
    if (isDeed(request, pathname) && isRefusal(error.code)) {
      const subject = `${request.method} ${pathname.slice(0, LONGEST_PATH)}`;
      await audit.note({ caller, address: addressOf(request) }, 'request', subject, error.code);
    }
    refuse(request, response, error);
  }

  /** For callers who may have what the path leads to. */
  async function answerProtected(
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
    caller: Caller,
  ): Promise<void> {
    if (pathname === '/schema.graphql' && allowsIntrospection) {
      schemaText(response);
      return;
    }
    if (pathname === '/metrics') {
      const { contentType, text } = await metrics.read();
      response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' });
      response.end(text);
      return;
    }
    if (pathname === '/graphiql') return graphiql(response);
    const who = countedAs(caller, addressOf(request));
    const hold = (byteLength: number) => underWay.hold(byteLength, response, who);
    if (await servePicture(services.images, pathname, response, hold)) return;
    if (await serveMap(services.maps, request, response, pathname, hold)) return;
    const { bundleExport, bundleImport } = services;
    const noted: Noted = (...deed) => audit.noted({ caller, address: addressOf(request) }, ...deed);
    const isBundle = await serveBundle(
      ...([bundleExport, bundleImport, noted, request, response, pathname] as const),
    );
    if (isBundle) return;
    return showConsole(request, response);
  }

  /** What Next.js does for other methods (server actions, say) no page of ours asks for. */
  async function showConsole(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isRead(request)) return console.handle(request, response);
    request.resume();
    response.writeHead(405, { allow: 'GET, HEAD', connection: 'close' }).end();
  }

  const server = createServer((request, response) => {
    const record = watch.begin(request, response);
    const isWatched = hasBody(request);
    if (isWatched) bodies.enter(request, bodyTimeOf(request));
    const answered = () => answer(request, response, record);
    watch
      .answerTraced(request, response, record, answered)
      .catch((thrown: unknown) => {
        const { requestId } = record.origin;
        const cause = thrown instanceof Error ? thrown.stack : String(thrown);
        log.error(`${request.method} ${pathOf(request.url)}: ${cause}`, { requestId });
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(
          `Something went wrong on the server. Its log has the cause under ${requestId}.\n`,
        );
      })
      .finally(() => {
        if (isWatched) bodies.leave(request);
      });
  });
  // A bundle may come for hours, and other bodies have times of their own; headers still have their minute.
  server.requestTimeout = 0;
  server.headersTimeout = HEADERS_MS;
  boundConnections(server, isBehindProxy);
  server.timeout = SILENT_MS;
  // Longer than clients keep idle connections, so that none is closed as a request arrives on it.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const closeSubscriptions = serveSubscriptions(
    ...([server, schema, authentication, gate, hosts] as const),
    ...([contextOf, allowsIntrospection, options.querySeconds, watch, log, metrics] as const),
  );
  const countConnections = promisify(server.getConnections.bind(server));
  metrics.addSource(async () => [
    ['http_connections', await countConnections()],
    ...watch.readings(),
  ]);
  const taken = await listen(server, host, port);
  return {
    port: taken,
    prepareConsole: () => console.prepare(),
    close: async () => {
      services.readiness.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      const cutOff = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      const letGo = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
      await closeSubscriptions();
      await closed;
      bodies.close();
      clearTimeout(cutOff);
      clearInterval(letGo);
    },
  };
}

/** Milliseconds that a body may take: of a bundle as long as it moves on, of files longer than of words. */
function bodyTimeOf({ url, headers }: IncomingMessage): number {
  if (isBundlePath(pathOf(url))) return Infinity;
  const isForm = headers['content-type']?.startsWith('multipart/form-data') ?? false;
  return isForm ? FILES_MS : WORDS_MS;
}

/** Whether a request is to change something, or to take much away. */
function isDeed(request: IncomingMessage, pathname: string): boolean {
  return !isRead(request) || isBundlePath(pathname);
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function textFile(text: string, contentType: string): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(200, { 'content-type': `${contentType}; charset=utf-8` });
    response.end(text);
  };
}
