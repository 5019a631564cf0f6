import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const REQUEST_ID = 'x-request-id';
/** No blanks, quotes or line ends: it goes into logs and headers as it is. */
const WELL_FORMED = /^[\w.:=-]{8,128}$/;

/**
 * By what a request is named in the logs: as a proxy of ours has named it, or anew.
 * @param isBehindProxy whether all requests come through one that we trust; others may say what they like
 */
export function requestIdOf({ headers }: IncomingMessage, isBehindProxy: boolean): string {
  const given = isBehindProxy ? headers[REQUEST_ID] : undefined;
  return typeof given === 'string' && WELL_FORMED.test(given) ? given : randomUUID();
}
