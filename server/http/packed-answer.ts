import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { accepts } from './accepted-encoding.js';

/** Less than this is sent sooner than it is packed. */
const PACKED_FROM_BYTES = 4096;
const pack = promisify(gzip);

/** Ends an answer with these bytes, or this text, packed with gzip where that is worth while and the client takes it. */
export async function endPacked(
  request: IncomingMessage,
  response: ServerResponse,
  content: string | Uint8Array,
): Promise<void> {
  const bytes = Buffer.from(content);
  if (
    bytes.byteLength < PACKED_FROM_BYTES ||
    !accepts('gzip', request.headers['accept-encoding'])
  ) {
    response.end(bytes);
    return;
  }
  response.setHeader('content-encoding', 'gzip');
  response.end(await pack(bytes));
}
