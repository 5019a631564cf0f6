import type { ServerResponse } from 'node:http';
import { LookalikeError } from '../domain/errors.js';
import type { ImageService, OriginalFile, PictureFile } from '../services/image.service.js';

/** The browser alone keeps it: what stands between asks for no key. */
const ONE_YEAR = 'private, max-age=31536000, immutable';

/** A file may be anything beside a picture: opened by itself it must neither run nor load anything. */
const SANDBOX = "default-src 'none'; sandbox";

const RETRY_AFTER_S = 5;

/**
 * Answers `/images/ID`, `/thumbnails/ID`, `/originals/ID` and `/reconstructions/RUN/EPOCH/IMAGE`;
 * false for any other path.
 * @param hold whether so many bytes may be held for the client
 */
export async function servePicture(
  images: ImageService,
  path: string,
  response: ServerResponse,
  hold: (byteLength: number) => boolean,
): Promise<boolean> {
  const [, kind, number] = /^\/(images|thumbnails|originals)\/(\d{1,15})$/.exec(path) ?? [];
  const imageId = Number(number);
  if (kind === 'images') await send(response, hold, () => images.picture(imageId));
  else if (kind === 'thumbnails') await send(response, hold, () => images.thumbnail(imageId));
  else if (kind === 'originals') await send(response, hold, () => images.original(imageId));
  else {
    const redrawn = /^\/reconstructions\/(\d{1,15})\/(\d{1,9})\/(\d{1,15})$/.exec(path);
    if (!redrawn) return false;
    const [, run, epoch, id] = redrawn.map(Number);
    await send(response, hold, () => images.epochReconstruction(run ?? 0, epoch ?? 0, id ?? 0));
  }
  return true;
}

async function send(
  response: ServerResponse,
  hold: (byteLength: number) => boolean,
  read: () => Promise<PictureFile | OriginalFile>,
): Promise<void> {
  try {
    const file = await read();
    if (!hold(file.bytes.byteLength)) throw new LookalikeError('OVERLOADED');
    response.writeHead(200, {
      'content-type': file.contentType,
      'content-length': file.bytes.byteLength,
      'cache-control': ONE_YEAR,
      'content-security-policy': SANDBOX,
      'x-content-type-options': 'nosniff',
      ...('fileName' in file && { 'content-disposition': attachment(file.fileName) }),
    });
    response.end(file.bytes);
  } catch (thrown) {
    if (!(thrown instanceof LookalikeError)) throw thrown;
    const isOverloaded = thrown.code === 'OVERLOADED';
    const status = isOverloaded ? 503 : thrown.code === 'IMAGE_NOT_FOUND' ? 404 : 500;
    if (isOverloaded) response.setHeader('retry-after', RETRY_AFTER_S);
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${thrown.code}: ${thrown.message}\n`);
  }
}

/** The name in ASCII for old clients, and as it is (RFC 6266, RFC 5987). */
function attachment(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/gu, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
