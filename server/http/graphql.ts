import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ApolloServer,
  HeaderMap,
  type ApolloServerPlugin,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { OperationTypeNode, type GraphQLSchema } from 'graphql';
import { MAX_PICTURE_BYTES } from '../api/upload.js';
import { Abandoned } from '../domain/aborting.js';
import { LookalikeError, reasonOf } from '../domain/errors.js';
import { countedAs } from '../domain/network.js';
import type { Log } from '../ports/log.js';
import type { Metrics } from '../ports/metrics.js';
import { BytesUnderWay } from './bytes-under-way.js';
import { errorFormatter } from './error-format.js';
import { KnownQueries } from './known-queries.js';
import { readMultipart } from './multipart.js';
import { endPacked } from './packed-answer.js';
import { MAX_TOKENS, withinLimits } from './query-limits.js';
import { lengthOf, readBytes } from './request-body.js';
import { REQUEST_ID } from './request-id.js';
import { pathOf } from './request-path.js';
import { refuse, statusOf } from './refusal.js';
import { RequestTime } from './request-time.js';
import { TimedContext, type AskedBy } from './timed-context.js';
import { UploadSpace } from './upload-space.js';

const MAX_BODY_BYTES = 1_000_000;
/** With what is said of up to a hundred files. */
const MAX_OPERATIONS_BYTES = 4_000_000;
const MAX_UPLOADS = 100;
const ANYTHING = '*/*';
/** No browser sends one of these to another origin unasked: by them Apollo tells that a form is no forgery. */
const PERMITTING = ['x-apollo-operation-name', 'apollo-require-preflight'] as const;

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type GraphqlHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  asker: AskedBy,
) => Promise<void>;

/**
 * GraphQL over HTTP: JSON and multipart bodies. Apollo keeps its CSRF prevention on; what it has answered
 * before, and would answer without an error, is answered without it.
 * @param allowsIntrospection whether callers may ask for the schema, as GraphiQL and typed clients do
 * @param querySeconds how long a query may take
 * @param underWay what is held for clients who have not read it
 */
export async function createGraphqlHandler(
  schema: GraphQLSchema,
  log: Log,
  metrics: Pick<Metrics, 'failed'>,
  allowsIntrospection = true,
  querySeconds = 60,
  underWay = new BytesUnderWay(),
): Promise<GraphqlHandler> {
  const formatError = errorFormatter(log, metrics);
  // Apollo does not say which request an error that it has formatted is of.
  const requestIds = new WeakMap<object, string>();
  const known = new KnownQueries(schema);
  const space = new UploadSpace();
  const apollo = new ApolloServer<TimedContext>({
    schema,
    formatError: (_formatted, thrown) =>
      formatError(thrown, requestIds.get(Object(thrown) as object) ?? randomUUID()),
    introspection: allowsIntrospection,
    // One request, one operation: what is counted is counted once.
    allowBatchedHttpRequests: false,
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    validationRules: [withinLimits],
    includeStacktraceInErrorResponses: false,
    // The process has its own orderly end.
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // It looks into every field of every answer for hints that no type of ours has.
      ApolloServerPluginCacheControlDisabled(),
      known.plugin,
      longerMutations,
      {
        requestDidStart: ({ contextValue }) =>
          Promise.resolve({
            didEncounterErrors: ({ errors }) => {
              for (const error of errors) {
                requestIds.set(error, contextValue.request.origin.requestId);
              }
              return Promise.resolve();
            },
          }),
      },
    ],
  });
  await apollo.start();
  return async (request, response, asker) => {
    const { requestId } = asker.request.origin;
    let body: unknown;
    try {
      body = await readBody(request, response, space, asker);
    } catch (thrown) {
      const error = formatError(thrown, requestId);
      request.resume();
      response.setHeader(REQUEST_ID, requestId);
      response.writeHead(thrown instanceof LookalikeError ? statusOf(thrown.code, 400) : 400, {
        'content-type': 'application/json',
        connection: 'close',
      });
      response.end(JSON.stringify({ errors: [error] }));
      return;
    }
    const time = new RequestTime(querySeconds);
    // Its files are still on their way.
    if (isForm(request)) time.extend();
    const context = new TimedContext(asker, time);
    const hold = (byteLength: number) => {
      const who = countedAs(asker.caller, asker.address);
      if (!underWay.hold(byteLength, response, who)) throw new LookalikeError('OVERLOADED');
    };
    const within = <T>(work: Promise<T>): Promise<T> => {
      response.once('close', () => time.leave());
      return time.within(work);
    };
    try {
      const found = isPlain(request) ? known.answer(body, context) : null;
      const quick = found instanceof Promise ? await within(found) : found;
      if (quick !== null) {
        const byteLength = Buffer.byteLength(quick);
        hold(byteLength);
        response.writeHead(200, headersOfJson(byteLength, requestId)).end(quick);
        return;
      }
      response.setHeader(REQUEST_ID, requestId);
      const answer = await within(
        apollo.executeHTTPGraphQLRequest({
          httpGraphQLRequest: {
            method: request.method?.toUpperCase() ?? 'GET',
            headers: headersOf(request),
            search: (request.url ?? '').slice(pathOf(request.url).length),
            body,
          },
          context: () => Promise.resolve(context),
        }),
      );
      if (answer.body.kind === 'complete') hold(Buffer.byteLength(answer.body.string));
      await send(request, response, answer);
    } catch (thrown) {
      if (thrown instanceof Abandoned) return;
      if (!(thrown instanceof LookalikeError)) throw thrown;
      refuse(request, response, thrown);
    } finally {
      time.stop();
    }
  };
}

/** What a mutation does it must not be kept from half-way: it has more time. */
const longerMutations: ApolloServerPlugin<TimedContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation, contextValue }) => {
        if (operation?.operation === OperationTypeNode.MUTATION) contextValue.time.extend();
        return Promise.resolve();
      },
    }),
};

function isForm({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('multipart/form-data') ?? false;
}

/** JSON out, and in what Apollo's CSRF prevention lets pass: JSON, or a form that says that it is meant. */
function isPlain(request: IncomingMessage): boolean {
  const { method, headers } = request;
  const { accept = ANYTHING } = headers;
  if (method !== 'POST' || !(accept === ANYTHING || accept === 'application/json')) return false;
  if (headers['content-type']?.startsWith('application/json')) return true;
  return isForm(request) && PERMITTING.some((name) => Boolean(headers[name]));
}

/** As Apollo has them, with the length: by it the answer goes out in one piece. */
function headersOfJson(byteLength: number, requestId: string): string[] {
  return [
    ...['cache-control', 'no-store', 'content-type', 'application/json; charset=utf-8'],
    ...['content-length', String(byteLength), 'x-content-type-options', 'nosniff'],
    ...[REQUEST_ID, requestId],
  ];
}

async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  space: UploadSpace,
  asker: AskedBy,
): Promise<unknown> {
  if (request.method !== 'POST') return undefined;
  const contentType = request.headers['content-type'] ?? '';
  if (isForm(request)) {
    const { bytes, release } = space.take(asker, lengthOf(request));
    // Until then, what has come lies on the disk.
    response.once('close', release);
    try {
      return await readMultipart(request, response, {
        maxBodyBytes: bytes,
        maxFieldSize: MAX_OPERATIONS_BYTES,
        maxFileSize: MAX_PICTURE_BYTES,
        maxFiles: MAX_UPLOADS,
      });
    } catch (thrown) {
      throw new LookalikeError(
        'REQUEST_INVALID',
        `The multipart request cannot be read: ${reasonOf(thrown)} ` +
          'Send it as the GraphQL multipart request specification says.',
      );
    }
  }
  const text = (await readBytes(request, MAX_BODY_BYTES)).toString('utf8');
  if (!contentType.startsWith('application/json')) return text;
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new LookalikeError('REQUEST_INVALID', `The body is not JSON: ${reasonOf(thrown)}.`);
  }
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: HTTPGraphQLResponse,
): Promise<void> {
  // What an answer says may be otherwise a moment later.
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.statusCode = answer.status ?? 200;
  if (answer.body.kind === 'complete') {
    await endPacked(request, response, answer.body.string);
    return;
  }
  for await (const chunk of answer.body.asyncIterator) response.write(chunk);
  response.end();
}
