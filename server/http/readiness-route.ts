import type { ServerResponse } from 'node:http';
import type { Readiness } from '../services/readiness.js';

/**
 * Answers `/readyz`: 200 where the server can do its work, else 503 with what is missing. Open to everybody,
 * as whoever passes requests on has no key: it tells no reason, and writes at most once in two seconds.
 */
export async function serveReadiness(
  readiness: Readiness,
  response: ServerResponse,
): Promise<void> {
  const missing = await readiness.missing();
  const isReady = Object.keys(missing).length === 0;
  response.writeHead(isReady ? 200 : 503, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });
  response.end(`${JSON.stringify({ ready: isReady, missing })}\n`);
}
