import { LookalikeError, reasonOf } from '../../../domain/errors.js';

const TAKEN = 'JPEG, PNG, WebP, AVIF, GIF or TIFF';

export const MAX_PIXELS = 100_000_000;

/** @param kind what the file is, with its article: `a PDF document` */
export function notTaken(kind: string): LookalikeError {
  return new LookalikeError(
    'UPLOAD_NOT_AN_IMAGE',
    `The file is ${kind}, which is not taken. Send a ${TAKEN} picture.`,
  );
}

export function notAnImage(what: string): LookalikeError {
  return new LookalikeError('UPLOAD_NOT_AN_IMAGE', `${what} Send a ${TAKEN} picture.`);
}

/** For what libvips throws on a file that begins like a picture, but cannot be decoded. */
export function damaged(thrown: unknown): LookalikeError {
  return new LookalikeError(
    'UPLOAD_NOT_AN_IMAGE',
    `The picture is cut short or damaged (${shortReason(thrown)}). Send a whole file.`,
    { cause: thrown },
  );
}

export function tooManyPixels(width: number, height: number): LookalikeError {
  return new LookalikeError(
    'UPLOAD_TOO_LARGE',
    `The picture has ${width} x ${height} pixels; at most ${MAX_PIXELS} are taken. ` +
      'Send a smaller one.',
  );
}

/** libvips tells everything that it tried, a line each; the first that is no attempt is the cause. */
function shortReason(thrown: unknown): string {
  const lines = reasonOf(thrown)
    .replace('Input buffer has corrupt header:', '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('source: bad seek'));
  const [first = 'its header cannot be read'] = lines;
  // Where two pictures fail together, the cause of one is gone before it is asked for.
  return first === 'Unknown error' ? 'the decoder does not say why' : first.slice(0, 200);
}
