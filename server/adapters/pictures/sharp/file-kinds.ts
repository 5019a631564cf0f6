import type { ImageFormat } from '../../../domain/image.js';

export type FileFormat = Exclude<ImageFormat, 'RAW'>;

/** What a file is by its first bytes: a picture that is taken, or something else, in words. */
export type FileKind = { readonly format: FileFormat } | { readonly other: string };

/** How far into a file text is looked at. */
const TEXT_BYTES = 1024;

const PICTURES: readonly (readonly [FileFormat, (bytes: Uint8Array) => boolean])[] = [
  ['JPEG', (bytes) => startsWith(bytes, [0xff, 0xd8, 0xff])],
  ['PNG', (bytes) => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['WEBP', (bytes) => latin(bytes, 0, 4) === 'RIFF' && latin(bytes, 8, 12) === 'WEBP'],
  ['GIF', (bytes) => /^GIF8[79]a$/.test(latin(bytes, 0, 6))],
  ['TIFF', (bytes) => /^(II[*+]\0|MM\0[*+])$/.test(latin(bytes, 0, 4))],
  ['AVIF', (bytes) => brandsOf(bytes).some((brand) => brand === 'avif' || brand === 'avis')],
];

const OTHERS: readonly (readonly [string, (bytes: Uint8Array) => boolean])[] = [
  ['a PDF document', (bytes) => latin(bytes, 0, TEXT_BYTES).includes('%PDF-')],
  ['a zip archive', (bytes) => /^PK[\x03\x05]/.test(latin(bytes, 0, 3))],
  ['a compressed file', (bytes) => startsWith(bytes, [0x1f, 0x8b])],
  ['a HEIC photograph', (bytes) => brandsOf(bytes).some((brand) => /^(hei|hev|mif)/.test(brand))],
  ['a film', (bytes) => brandsOf(bytes).length > 0],
  ['a JPEG XL picture', (bytes) => startsWith(bytes, [0xff, 0x0a]) || isBox(bytes, 'JXL ')],
  ['a JPEG 2000 picture', (bytes) => isBox(bytes, 'jP  ')],
  ['a BMP picture', (bytes) => /^BM[^]{4}\0{4}/.test(latin(bytes, 0, 10))],
  ['an icon', (bytes) => /^\0\0[\x01\x02]\0[^\0]/.test(latin(bytes, 0, 5))],
  ['a Photoshop file', (bytes) => latin(bytes, 0, 4) === '8BPS'],
  ['a PostScript file', (bytes) => latin(bytes, 0, 4) === '%!PS'],
  ['a web page', (bytes) => /^\s*<(!doctype html|html|head|body|script)/i.test(textOf(bytes))],
  ['an SVG drawing', (bytes) => /^\s*<[^]*<?svg[\s/>]/i.test(textOf(bytes))],
  ['an XML file', (bytes) => /^\s*<\?xml/.test(textOf(bytes))],
  ['a text file', (bytes) => bytes.length > 0 && /^[\t\n\r\x20-\x7e]+$/.test(textOf(bytes))],
];

/** Judges a file by its first bytes, without decoding any of it. */
export function kindOf(bytes: Uint8Array): FileKind {
  const picture = PICTURES.find(([, isOne]) => isOne(bytes));
  if (picture) return { format: picture[0] };
  return { other: OTHERS.find(([, isOne]) => isOne(bytes))?.[0] ?? 'no picture' };
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, position) => bytes[position] === byte);
}

function latin(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

function isBox(bytes: Uint8Array, type: string): boolean {
  return startsWith(bytes, [0, 0, 0, 0x0c]) && latin(bytes, 4, 8) === type;
}

/** The kinds of content that an ISO media file says it has; none if it is no such file. */
function brandsOf(bytes: Uint8Array): string[] {
  if (latin(bytes, 4, 8) !== 'ftyp') return [];
  const length = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  const brands = latin(bytes, 8, Math.min(length, TEXT_BYTES)).match(/[^]{4}/g) ?? [];
  return brands.filter((_, position) => position !== 1);
}

/** The start of a file as text, in UTF-8 or either UTF-16, less its byte order mark. */
function textOf(bytes: Uint8Array): string {
  const start = bytes.subarray(0, TEXT_BYTES);
  const encoding = startsWith(start, [0xff, 0xfe])
    ? 'utf-16le'
    : startsWith(start, [0xfe, 0xff])
      ? 'utf-16be'
      : 'utf-8';
  return new TextDecoder(encoding).decode(start);
}
