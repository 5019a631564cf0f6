import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { accepts } from './accepted-encoding.js';
import { pathOf } from './request-path.js';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
};
/** Their names change with their contents. */
const ONE_YEAR = 'public, max-age=31536000, immutable';

/**
 * The scripts and styles of the console as the set-up has packed them with Brotli (RFC 7932), a
 * seventh smaller than the gzip that Next.js makes of them at every request. The answer to a request
 * is false where there is none for it, or the browser takes no Brotli: over plain HTTP, browsers do
 * so on the same machine only. Then Next.js serves it.
 */
export function createConsoleFilesHandler(
  directory: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const packed = packedFiles(join(directory, '.next', 'static'));
  return async (request, response) => {
    const path = pathOf(request.url);
    const file = packed.get(path);
    const contentType = CONTENT_TYPES[extname(path)];
    if (!file || !contentType || request.method !== 'GET') return false;
    if (!accepts('br', request.headers['accept-encoding'])) return false;
    // Gone where the console is built anew below us.
    const bytes = await readFile(file).catch(() => null);
    if (!bytes) return false;
    response.writeHead(200, {
      'content-type': contentType,
      'content-encoding': 'br',
      'content-length': bytes.byteLength,
      'cache-control': ONE_YEAR,
      vary: 'Accept-Encoding',
    });
    response.end(bytes);
    return true;
  };
}

/** The packed files by the path that their contents have on the server. */
function packedFiles(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names
      .filter((name) => name.endsWith('.br'))
      .map((name) => [
        `/_next/static/${name.slice(0, -'.br'.length).replaceAll('\\', '/')}`,
        join(folder, name),
      ]),
  );
}
