import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { diskFaultOf } from '../domain/disk-full.js';
import { LookalikeError } from '../domain/errors.js';
import type { Log } from '../ports/log.js';
import type { Metrics } from '../ports/metrics.js';

/** Faults in what the client sent, found by GraphQL itself: their messages may go out. */
const CLIENT_FAULTS = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

interface ToldError extends GraphQLFormattedError {
  readonly extensions: { readonly code: string };
}

/**
 * What the client is told of an error: a LookalikeError's code and message, GraphQL's own complaint
 * about the request, that the disk is at fault, and of anything else only the id of the request, under which
 * the log has it.
 */
export function errorFormatter(
  log: Log,
  metrics: Pick<Metrics, 'failed'>,
): (thrown: unknown, requestId: string) => GraphQLFormattedError {
  const format = (thrown: unknown, requestId: string): ToldError => {
    const place = placeOf(thrown);
    const cause = causeOf(thrown);
    if (cause instanceof LookalikeError) {
      return { ...place, message: cause.message, extensions: { code: cause.code } };
    }
    if (thrown instanceof GraphQLError) {
      const code =
        thrown.extensions['code'] ?? (isAboutTheRequest(thrown) ? 'BAD_USER_INPUT' : null);
      if (isClientFault(code)) {
        return { ...place, message: thrown.message, extensions: { code } };
      }
    }
    log.error(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause), {
      requestId,
    });
    const ofDisk = diskFaultOf(cause);
    if (ofDisk) return { ...place, message: ofDisk.message, extensions: { code: ofDisk.code } };
    return {
      ...place,
      message: `Something went wrong on the server. Its log has the cause under ${requestId}.`,
      extensions: { code: 'INTERNAL' },
    };
  };
  return (thrown, requestId) => {
    const told = format(thrown, requestId);
    metrics.failed(told.extensions.code);
    return told;
  };
}

function isClientFault(code: unknown): code is string {
  return typeof code === 'string' && CLIENT_FAULTS.has(code);
}

/** Of an error of ours, whether a resolver threw it or it was met before any was asked. */
function causeOf(thrown: unknown): unknown {
  const isWrapped =
    thrown instanceof GraphQLError && thrown.originalError instanceof LookalikeError;
  return isWrapped ? thrown.originalError : unwrapResolverError(thrown);
}

/** Before any field is reached GraphQL complains of the request alone; later, of arguments. */
function isAboutTheRequest({ path, originalError }: GraphQLError): boolean {
  if (path === undefined) return true;
  return originalError instanceof GraphQLError && originalError.nodes !== undefined;
}

function placeOf(thrown: unknown): Pick<GraphQLFormattedError, 'locations' | 'path'> {
  if (!(thrown instanceof GraphQLError)) return {};
  const { locations, path } = thrown.toJSON();
  return { ...(locations && { locations }), ...(path && { path }) };
}
