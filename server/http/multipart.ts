import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable, Transform } from 'node:stream';
import Upload from 'graphql-upload/Upload.mjs';
import processRequest, { type ProcessRequestOptions } from 'graphql-upload/processRequest.mjs';
import type { FileInMemory } from '../api/upload.js';
import { boundaryOf, partsOf, type BodyPart } from './multipart-body.js';
import { readBytes } from './request-body.js';

/** Up to this size a request is held in memory, as one of JSON is. */
const MAX_BYTES_IN_MEMORY = 1_000_000;

export interface MultipartLimits extends ProcessRequestOptions {
  /** Of the whole body: of one that does not tell its length beforehand, no more is read. */
  readonly maxBodyBytes?: number;
}

/**
 * The operations of a GraphQL multipart request, with an upload where each file belongs.
 *
 * graphql-upload writes every file to the disk and reads it back, which costs several times what a
 * search by a small picture does. So a small request that is written as clients commonly do is taken
 * apart in memory; all others, and whatever is wrong with one, are graphql-upload's.
 * @throws Error that says what is wrong with the request
 */
export async function readMultipart(
  request: IncomingMessage,
  response: ServerResponse,
  { maxBodyBytes, ...limits }: MultipartLimits,
): Promise<unknown> {
  const length = Number(request.headers['content-length'] ?? Infinity);
  const boundary = boundaryOf(request.headers['content-type'] ?? '');
  if (length === Infinity && maxBodyBytes !== undefined) {
    return processRequest(upTo(maxBodyBytes, request), response, limits);
  }
  if (boundary === null || !(length <= MAX_BYTES_IN_MEMORY)) {
    return processRequest(request, response, limits);
  }
  const body = await readBytes(request, MAX_BYTES_IN_MEMORY);
  const parts = partsOf(body, boundary);
  const operations = parts && operationsIn(parts, limits.maxFiles ?? Infinity);
  return operations ?? processRequest(readAgain(request, body), response, limits);
}

/** The operations with their uploads in place; null where the parts are not as they should be. */
function operationsIn(parts: readonly BodyPart[], maxFiles: number): object | null {
  const [operationsPart, mapPart, ...files] = parts;
  if (operationsPart?.name !== 'operations' || mapPart?.name !== 'map') return null;
  const operations = jsonOf(operationsPart);
  const map = jsonOf(mapPart);
  if (!operations || !map || Array.isArray(map)) return null;
  const pathsOf = new Map<string, unknown>(Object.entries(map));
  if (files.length > maxFiles || files.length !== pathsOf.size) return null;
  for (const file of files) {
    const paths = pathsOf.get(file.name);
    // Each file is named once, and every name that is left has none.
    pathsOf.delete(file.name);
    if (file.fileName === null || !Array.isArray(paths)) return null;
    const upload = uploadInMemory(file.fileName, file.contentType, file.bytes);
    for (const path of paths) if (!put(operations, path, upload)) return null;
  }
  return operations;
}

function uploadInMemory(filename: string, mimetype: string, bytes: Uint8Array): Upload {
  const upload = new Upload();
  const createReadStream = () => Readable.from([bytes], { objectMode: false });
  const file: FileInMemory = { filename, mimetype, encoding: '7bit', createReadStream, bytes };
  upload.resolve(file);
  return upload;
}

function jsonOf({ fileName, bytes }: BodyPart): object | null {
  if (fileName !== null) return null;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Puts the value where the path leads, in the place of the null that is there; false where none is. */
function put(operations: object, path: unknown, value: unknown): boolean {
  if (typeof path !== 'string') return false;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let place: unknown = operations;
  for (const key of keys) place = ownValue(place, key);
  if (ownValue(place, last) !== null) return false;
  Object.assign(place as object, { [last]: value });
  return true;
}

/** Undefined for whatever is inherited: no path leads out of the operations. */
function ownValue(of: unknown, key: string): unknown {
  if (typeof of !== 'object' || of === null || !Object.hasOwn(of, key)) return undefined;
  return (of as Record<string, unknown>)[key];
}

/** A request that has been read, to be read once more from its start. */
function readAgain(request: IncomingMessage, body: Buffer): IncomingMessage {
  return readFrom(Readable.from([body], { objectMode: false }), request);
}

/** A request of which no more than so many bytes are passed on: it ends there as if it were cut off. */
function upTo(maxBytes: number, request: IncomingMessage): IncomingMessage {
  let length = 0;
  const counted = new Transform({
    transform: (chunk: Uint8Array, _encoding, done) => {
      length += chunk.byteLength;
      if (length <= maxBytes) done(null, chunk);
      else done(new Error(`The body is over ${maxBytes} bytes.`));
    },
  });
  // Whoever reads it is told by its end.
  counted.on('error', () => request.unpipe(counted));
  request.once('close', () => {
    if (!request.complete) counted.destroy();
  });
  return readFrom(request.pipe(counted), request);
}

/** All that graphql-upload asks of a request besides its body are its headers. */
function readFrom(stream: Readable, { headers }: IncomingMessage): IncomingMessage {
  return Object.assign(stream, { headers }) as unknown as IncomingMessage;
}
