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

/** How the set-up packs them, by what it adds to a file's name, the smallest first (RFC 7932, RFC 1952). */
const PACKINGS = [
  { encoding: 'br', extension: '.br' },
  { encoding: 'gzip', extension: '.gz' },
] as const;

/**
 * The scripts and styles of the console as the set-up has packed them: with Brotli a seventh smaller than
 * with gzip, which browsers are left with over plain HTTP from another machine. Next.js would pack them at
 * every request, and send a page's policy with each. The answer to a request is false where there is none
 * for it, or the browser takes neither: then Next.js serves it.
 */
export function createConsoleFilesHandler(
  directory: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const folder = join(directory, '.next', 'static');
  const names = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
    : [];
  const packings = PACKINGS.map(({ encoding, extension }) => {
    return { encoding, files: packedFiles(folder, names, extension) };
  });
  return async (request, response) => {
    const path = pathOf(request.url);
    const contentType = CONTENT_TYPES[extname(path)];
    if (!contentType || request.method !== 'GET') return false;
    const accepted = request.headers['accept-encoding'];
    const packing = packings.find(
      ({ encoding, files }) => files.has(path) && accepts(encoding, accepted),
    );
    const file = packing?.files.get(path);
    if (!packing || !file) return false;
    // Gone where the console is built anew below us.
    const bytes = await readFile(file).catch(() => null);
    if (!bytes) return false;
    response.writeHead(200, {
      'content-type': contentType,
      'content-encoding': packing.encoding,
      'content-length': bytes.byteLength,
      'cache-control': ONE_YEAR,
      vary: 'Accept-Encoding',
    });
    response.end(bytes);
    return true;
  };
}

/** The packed files by the path that their contents have on the server. */
function packedFiles(
  folder: string,
  names: readonly string[],
  extension: string,
): ReadonlyMap<string, string> {
  return new Map(
    names
      .filter((name) => name.endsWith(extension))
      .map((name) => [
        `/_next/static/${name.slice(0, -extension.length).replaceAll('\\', '/')}`,
        join(folder, name),
      ]),
  );
}
