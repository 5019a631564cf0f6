import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { subjectOf } from '../domain/audit.js';
import { LookalikeError, type ErrorCode } from '../domain/errors.js';
import type { ByteSink } from '../ports/bundles.js';
import type { BundleExport } from '../services/bundle-export.js';
import type { BundleImport } from '../services/bundle-import.js';

const STATUSES: Partial<Record<ErrorCode, number>> = {
  BUNDLE_INVALID: 422,
  DATASET_NAME_INVALID: 400,
  DATASET_NAME_TAKEN: 409,
  DATASET_NOT_FOUND: 404,
  DATASET_NOT_READY: 409,
  DISK_FULL: 507,
  INVALID_ARGUMENT: 400,
  REQUEST_INVALID: 400,
};

const EXPORT = /^\/datasets\/(\d{1,15})\/bundle$/;

export function isBundlePath(pathname: string): boolean {
  return pathname === '/bundles' || EXPORT.test(pathname);
}

/** Does what it is given, and notes who did it and how it ended. */
export type Noted = <T>(
  action: string,
  subjectOf: (answer: T | null) => string,
  work: () => Promise<T>,
) => Promise<T>;

/** The client went away: nobody is there to be told anything. */
class ClientGone extends Error {}

/**
 * Answers `GET /datasets/ID/bundle` with a zip, and takes one with `POST /bundles`; false for any
 * other path. What goes wrong is told in JSON, as `code` and `message`.
 */
export async function serveBundle(
  exports: BundleExport,
  imports: BundleImport,
  noted: Noted,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<boolean> {
  if (!isBundlePath(pathname)) return false;
  const exported = EXPORT.exec(pathname);
  try {
    if (exported) await send(exports, noted, Number(exported[1]), request, response);
    else await take(imports, noted, request, response);
  } catch (thrown) {
    if (thrown instanceof ClientGone || response.destroyed) return true;
    if (response.headersSent) {
      // What has gone out cannot be taken back: cut short, the zip is seen to be none.
      response.destroy();
      throw thrown;
    }
    if (!(thrown instanceof LookalikeError)) throw thrown;
    tell(request, response, thrown);
  }
  return true;
}

async function send(
  exports: BundleExport,
  noted: Noted,
  datasetId: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  requireMethod(request, response, ['GET', 'HEAD']);
  const isWanted = request.method !== 'HEAD';
  const prepare = () => exports.prepare(datasetId);
  const { fileName, writeTo } = isWanted
    ? await noted('exportBundle', () => subjectOf([['dataset', [datasetId]]]), prepare)
    : await prepare();
  response.writeHead(200, {
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${fileName}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  if (isWanted) await writeTo(sinkOf(response));
  response.end();
}

async function take(
  imports: BundleImport,
  noted: Noted,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  requireMethod(request, response, ['POST']);
  // A page of another site cannot send this header unasked, so it can import nothing.
  if (!request.headers['apollo-require-preflight']) {
    throw new LookalikeError(
      'REQUEST_INVALID',
      'Send the header `apollo-require-preflight: true` with the bundle.',
    );
  }
  if (!/^application\/zip(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new LookalikeError('REQUEST_INVALID', 'Send the bundle as `application/zip`.');
  }
  const { searchParams } = new URL(request.url ?? '', 'http://localhost');
  const { id } = await noted(
    'importBundle',
    (made) => (made ? subjectOf([['dataset', [made.id]]]) : ''),
    () =>
      imports.receive({
        name: searchParams.get('name'),
        title: searchParams.get('title'),
        // A fault must not end the connection that it is told on.
        pieces: request.iterator({ destroyOnReturn: false }),
      }),
  );
  response.writeHead(202, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ datasetId: String(id) }));
}

/** Waits where the client is slower than we are, and no longer than it is there. */
function sinkOf(response: ServerResponse): ByteSink {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return async (bytes) => {
    if (response.destroyed) throw new ClientGone();
    if (response.write(bytes)) return;
    try {
      await once(response, 'drain', { signal: gone.signal });
    } catch {
      throw new ClientGone();
    }
  };
}

function requireMethod(
  { method }: IncomingMessage,
  response: ServerResponse,
  methods: readonly string[],
): void {
  if (methods.includes(method ?? '')) return;
  response.setHeader('allow', methods.join(', '));
  response.statusCode = 405;
  throw new LookalikeError(
    'REQUEST_INVALID',
    `This address takes ${methods.join(' or ')}, not ${method ?? 'nothing'}.`,
  );
}

function tell(
  request: IncomingMessage,
  response: ServerResponse,
  { code, message }: LookalikeError,
): void {
  // Told at once, and heard by clients that listen only when they have sent everything.
  request.resume();
  const status = response.statusCode === 405 ? 405 : (STATUSES[code] ?? 500);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ code, message }));
}
