import type { IncomingMessage } from 'node:http';
import { LookalikeError } from '../domain/errors.js';

/** A body that trickles in for longer holds up a connection and memory for nothing. */
const WHOLE_WITHIN_MS = 60_000;

/**
 * The whole body of a request. By events: iterating over a request costs more than everything else
 * about reading it.
 * @throws LookalikeError REQUEST_INVALID when it is over `limit` bytes, or takes longer than `withinMs`;
 * Error when the client went away
 */
export function readBytes(
  request: IncomingMessage,
  limit: number,
  withinMs = WHOLE_WITHIN_MS,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const giveUp = (words: string) => {
      clearTimeout(timer);
      request.removeAllListeners('data').pause();
      reject(new LookalikeError('REQUEST_INVALID', words));
    };
    const timer = setTimeout(() => {
      giveUp(`The body did not arrive within ${withinMs / 1000} seconds.`);
    }, withinMs);
    const chunks: Uint8Array[] = [];
    let length = 0;
    let isWhole = false;
    request.on('data', (chunk: Uint8Array) => {
      length += chunk.byteLength;
      if (length <= limit) {
        chunks.push(chunk);
        return;
      }
      giveUp(`The body is over ${limit} bytes. Send smaller requests.`);
    });
    request.on('end', () => {
      clearTimeout(timer);
      isWhole = true;
      const [only] = chunks;
      resolve(
        only && chunks.length === 1
          ? Buffer.from(only.buffer, only.byteOffset, only.byteLength)
          : Buffer.concat(chunks),
      );
    });
    request.on('error', reject);
    request.on('close', () => {
      clearTimeout(timer);
      if (!isWhole) reject(new Error('The connection ended within the body.'));
    });
  });
}
