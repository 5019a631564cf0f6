import type { IncomingMessage } from 'node:http';
import { LookalikeError } from '../domain/errors.js';

/** How many bytes the body of a request says that it has; null where it does not say. */
export function lengthOf({ headers }: Pick<IncomingMessage, 'headers'>): number | null {
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
}

/** Whether a request brings a body. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': coding } = headers;
  return length !== '0' || coding !== undefined;
}

/**
 * The whole body of a request. By events: iterating over a request costs more than everything else
 * about reading it.
 * @throws LookalikeError REQUEST_INVALID when it is over `limit` bytes; Error when the client went away
 */
export function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    let isWhole = false;
    request.on('data', (chunk: Uint8Array) => {
      length += chunk.byteLength;
      if (length <= limit) {
        chunks.push(chunk);
        return;
      }
      request.removeAllListeners('data').pause();
      reject(
        new LookalikeError(
          'REQUEST_INVALID',
          `The body is over ${limit} bytes. Send smaller requests.`,
        ),
      );
    });
    request.on('end', () => {
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
      if (!isWhole) reject(new Error('The connection ended within the body.'));
    });
  });
}
