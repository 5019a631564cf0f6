import type { Image, ImageFormat } from '../domain/image.js';

/** How files of a format end; the first is given to a file whose name ends otherwise. */
const ENDINGS: Record<ImageFormat, readonly [string, ...string[]]> = {
  RAW: ['raw'],
  JPEG: ['jpg', 'jpeg', 'jpe', 'jfif'],
  PNG: ['png'],
  WEBP: ['webp'],
  AVIF: ['avif'],
  GIF: ['gif'],
  TIFF: ['tif', 'tiff'],
};

/** What no file may be called with: control characters, those that file systems read, half pairs. */
const UNFIT = /[\p{Cc}\p{Surrogate}<>:"|?*]/gu;
/** Would let `gnp.exe` be read as `exe.png`. */
const DIRECTIONS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const MAX_LENGTH = 120;

/**
 * What the original of an image is called when it is saved: the last part of the image's name, made
 * fit for any file system, with the ending of what the bytes are.
 */
export function originalFileName({ name, format }: Pick<Image, 'name' | 'format'>): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const safe = last
    .replace(DIRECTIONS, '')
    .replace(UNFIT, '_')
    .replace(/^[. ]+|[. ]+$/g, '');
  const ending = /\.([^.]+)$/.exec(safe)?.[1]?.toLowerCase() ?? '';
  const known = ENDINGS[format];
  const stem = known.includes(ending) ? safe.slice(0, -ending.length - 1) : safe;
  const short = Array.from(stem).slice(0, MAX_LENGTH).join('');
  return `${short || 'picture'}.${known.includes(ending) ? ending : known[0]}`;
}
