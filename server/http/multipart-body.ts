/** One part of a multipart body: a field, or a file where it has a file name. */
export interface BodyPart {
  readonly name: string;
  readonly fileName: string | null;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Names are taken where nothing in them is read in several ways: no quotes, escapes or folders. */
const DISPOSITION =
  /^content-disposition: *form-data; *name="([^"\\%]*)"(?:; *filename="([^"\\/%]+)")?$/i;
const CONTENT_TYPE = /^content-type: *([\w.+-]+\/[\w.+-]+)(?:;.*)?$/i;
const BOUNDARY = /^multipart\/form-data; *boundary=(?:"([^"\\]{1,70})"|([^\s;,"\\]{1,70}))$/i;
const LINE_END = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');
const END = Buffer.from('--');

/** The boundary that a Content-Type header names; null where it is not plainly of form data. */
export function boundaryOf(contentType: string): string | null {
  const found = BOUNDARY.exec(contentType);
  return found?.[1] ?? found?.[2] ?? null;
}

/**
 * The parts of a whole body (RFC 7578) as clients commonly write them; null where anything is out of
 * the ordinary, for a parser that knows every form to judge.
 */
export function partsOf(body: Buffer, boundary: string): BodyPart[] | null {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const first = delimiter.subarray(LINE_END.length);
  if (!startsAt(body, 0, first)) return null;
  const parts: BodyPart[] = [];
  let position = first.length;
  while (!startsAt(body, position, END)) {
    if (!startsAt(body, position, LINE_END)) return null;
    const start = position + LINE_END.length;
    const headersEnd = body.indexOf(HEADERS_END, start);
    if (headersEnd < 0) return null;
    const contentStart = headersEnd + HEADERS_END.length;
    const contentEnd = body.indexOf(delimiter, contentStart);
    if (contentEnd < 0) return null;
    const part = partOf(
      body.toString('utf8', start, headersEnd),
      body.subarray(contentStart, contentEnd),
    );
    if (!part) return null;
    parts.push(part);
    position = contentEnd + delimiter.length;
  }
  return body.length - position <= END.length + LINE_END.length ? parts : null;
}

function partOf(headers: string, bytes: Buffer): BodyPart | null {
  const [disposition = '', type, ...more] = headers.split('\r\n');
  const named = DISPOSITION.exec(disposition);
  const typed = type === undefined ? null : CONTENT_TYPE.exec(type);
  if (!named || more.length > 0 || (type !== undefined && !typed)) return null;
  const fileName = named[2] ?? null;
  // A field of a type of its own may be meant as a file.
  if (fileName === null && typed) return null;
  return {
    name: named[1] ?? '',
    fileName,
    contentType: typed?.[1]?.toLowerCase() ?? 'text/plain',
    bytes,
  };
}

function startsAt(body: Buffer, position: number, bytes: Buffer): boolean {
  return body.subarray(position, position + bytes.length).equals(bytes);
}
