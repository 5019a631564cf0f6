import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAP_KINDS, type MapKind } from '../domain/embedding-map.js';
import { LookalikeError, type ErrorCode } from '../domain/errors.js';
import type { EmbeddingMapService } from '../services/embedding-map.service.js';
import { endPacked } from './packed-answer.js';

const PATH = /^\/maps\/(\d{1,15})\/([a-z]+)\.bin$/;
/** The browser alone keeps it: what stands between asks for no key. */
const ONE_YEAR = 'private, max-age=31536000, immutable';
/** Without its version in the address the same one may lead to another map tomorrow. */
const ASK_AGAIN = 'no-cache';

const STATUSES: Partial<Record<ErrorCode, number>> = {
  MAP_NOT_FOUND: 404,
  // Drawn anew while it was asked for: the map's `url` leads to what is there now.
  BLOB_MISSING: 404,
  OVERLOADED: 503,
};

/**
 * Answers `GET /maps/MODEL/pca.bin` and `umap.bin`, see `encodeMapPoints`; false for any other path.
 * @param hold whether so many bytes may be held for the client
 */
export async function serveMap(
  maps: EmbeddingMapService,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  hold: (byteLength: number) => boolean,
): Promise<boolean> {
  const [, model, word] = PATH.exec(pathname) ?? [];
  const kind = MAP_KINDS.find((each) => each.toLowerCase() === word);
  if (!model || !kind) return false;
  try {
    await send(maps, Number(model), kind, request, response, hold);
  } catch (thrown) {
    if (!(thrown instanceof LookalikeError)) throw thrown;
    const { code, message } = thrown;
    response.writeHead(STATUSES[code] ?? 500, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${code}: ${message}\n`);
  }
  return true;
}

async function send(
  maps: EmbeddingMapService,
  modelId: number,
  kind: MapKind,
  request: IncomingMessage,
  response: ServerResponse,
  hold: (byteLength: number) => boolean,
): Promise<void> {
  const id = await maps.pointsId(modelId, kind);
  const version = new URL(request.url ?? '', 'http://localhost').searchParams.get('v');
  const isVersioned = version !== null && version.length >= 8 && id.startsWith(version);
  const tag = `"${id}"`;
  response.setHeader('etag', tag);
  response.setHeader('cache-control', isVersioned ? ONE_YEAR : ASK_AGAIN);
  response.setHeader('vary', 'accept-encoding');
  if (isKnown(tag, request.headers['if-none-match'])) {
    response.writeHead(304);
    response.end();
    return;
  }
  const points = await maps.points(id);
  if (!hold(points.byteLength)) throw new LookalikeError('OVERLOADED');
  response.setHeader('content-type', 'application/octet-stream');
  response.setHeader('x-content-type-options', 'nosniff');
  if (request.method === 'HEAD') response.end();
  else await endPacked(request, response, points);
}

/** Whether the client has what bears this tag (RFC 9110, section 13.1.2: weak tags are as good). */
function isKnown(tag: string, asked: string | undefined): boolean {
  const tags = (asked ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  return tags.includes(tag) || tags.includes('*');
}
