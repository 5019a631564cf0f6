import type { ServerResponse } from 'node:http';
import { LookalikeError } from '../domain/errors.js';
import type { PictureFile } from '../services/image.service.js';
import type { ImageService } from '../services/image.service.js';

const ONE_YEAR = 'public, max-age=31536000, immutable';

/** Answers `/images/ID` and `/reconstructions/RUN/EPOCH/IMAGE`; false for any other path. */
export async function servePicture(
  images: ImageService,
  path: string,
  response: ServerResponse,
): Promise<boolean> {
  const image = /^\/images\/(\d{1,15})$/.exec(path);
  if (image) {
    await send(response, () => images.picture(Number(image[1])));
    return true;
  }
  const redrawn = /^\/reconstructions\/(\d{1,15})\/(\d{1,9})\/(\d{1,15})$/.exec(path);
  if (redrawn) {
    const [, run, epoch, id] = redrawn.map(Number);
    await send(response, () => images.epochReconstruction(run ?? 0, epoch ?? 0, id ?? 0));
    return true;
  }
  return false;
}

async function send(response: ServerResponse, read: () => Promise<PictureFile>): Promise<void> {
  try {
    const { bytes, contentType } = await read();
    response.writeHead(200, {
      'content-type': contentType,
      'content-length': bytes.byteLength,
      'cache-control': ONE_YEAR,
      'x-content-type-options': 'nosniff',
    });
    response.end(bytes);
  } catch (thrown) {
    if (!(thrown instanceof LookalikeError)) throw thrown;
    const status = thrown.code === 'IMAGE_NOT_FOUND' ? 404 : 500;
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${thrown.code}: ${thrown.message}\n`);
  }
}
