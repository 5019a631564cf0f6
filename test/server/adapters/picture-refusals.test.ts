import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import { emptyPng, film, noise, plain, RED } from './picture-files.js';

const pictures = new SharpPictures();
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>';

describe('what is no picture that we take is refused by its first bytes, and named', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'The file is empty'],
    ['one byte', Buffer.from([0xff]), 'no picture'],
    ['zeros', Buffer.alloc(5000), 'no picture'],
    ['text', Buffer.from('not a picture'), 'a text file'],
    ['an SVG drawing', Buffer.from(SVG), 'an SVG drawing'],
    ['SVG after a prologue', Buffer.from(`<?xml version="1.0"?>\n<!-- x -->${SVG}`), 'an SVG'],
    ['SVG with a byte order mark', Buffer.from(`\ufeff ${SVG}`), 'an SVG drawing'],
    ['SVG in UTF-16', Buffer.from(`\ufeff${SVG}`, 'utf16le'), 'an SVG drawing'],
    ['a web page', Buffer.from(`<!DOCTYPE html><html>${SVG}</html>`), 'a web page'],
    ['other XML', Buffer.from('<?xml version="1.0"?><note/>'), 'an XML file'],
    ['PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj', 'latin1'), 'a PDF document'],
    ['PDF after some text', Buffer.from('hello\n%PDF-1.4\n'), 'a PDF document'],
    ['a zip archive', Buffer.from('PK\x03\x04aaaaaaaaaaaaaaaaaaaa', 'latin1'), 'a zip archive'],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0]), 'a compressed file'],
    ['BMP', Buffer.from('BM\x46\0\0\0\0\0\0\0\x36\0\0\0', 'latin1'), 'a BMP picture'],
    ['HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'a HEIC photograph'],
    ['a film', Buffer.from('\0\0\0\x14ftypisom\0\0\0\0mp41', 'latin1'), 'a film'],
    ['raw deflated bytes', deflateRawSync(Buffer.from('x'.repeat(500))), 'no picture'],
  ])('%s', async (_, bytes, what) => {
    for (const look of ['identify', 'inspect'] as const) {
      await expect(pictures[look](bytes)).rejects.toMatchObject({
        code: 'UPLOAD_NOT_AN_IMAGE',
        message: expect.stringContaining(what) as string,
      });
    }
  });

  it('not even libvips itself reads what is not taken, nor any file by its path', async () => {
    await expect(sharp(Buffer.from(SVG)).metadata()).rejects.toThrow('unsupported image format');
    const path = 'node_modules/playwright-core/lib/server/chromium/appIcon.png';
    await expect(sharp(path).metadata()).rejects.toThrow();
  });
});

describe('a file of two kinds', () => {
  const script = Buffer.from('/*<script>alert(1)</script>*/=1;');

  it('that begins like a GIF and goes on as a script is refused', async () => {
    const bytes = Buffer.concat([Buffer.from('GIF89a'), script]);
    await expect(pictures.inspect(bytes)).rejects.toMatchObject({ code: 'UPLOAD_NOT_AN_IMAGE' });
  });

  it('that is a whole JPEG with a zip archive behind it is that JPEG', async () => {
    const jpeg = await plain(40, 30, RED).jpeg().toBuffer();
    const bytes = Buffer.concat([jpeg, Buffer.from('PK\x03\x04'), script]);
    const { facts } = await pictures.inspect(bytes);
    expect(facts).toMatchObject({ format: 'JPEG', width: 40, height: 30 });
  });
});

describe('a picture that is cut short is refused when it is inspected', () => {
  it.each([
    ['JPEG', () => noise(90, 70).jpeg()],
    ['progressive JPEG', () => noise(90, 70).jpeg({ progressive: true })],
    ['JPEG with a thumbnail to make', () => noise(900, 700).jpeg()],
    ['PNG', () => noise(90, 70).png()],
    ['PNG with a thumbnail to make', () => noise(900, 700).png()],
    ['WebP', () => noise(90, 70).webp()],
    ['WebP with a thumbnail to make', () => noise(900, 700).webp()],
    ['AVIF', () => noise(90, 70).avif()],
    ['GIF', () => noise(90, 70).gif()],
    ['TIFF', () => noise(90, 70).tiff({ compression: 'none' })],
    ['TIFF in strips', () => noise(90, 70).tiff({ compression: 'deflate' })],
    ['TIFF in tiles', () => noise(90, 70).tiff({ compression: 'lzw', tile: true })],
    ['a film', () => film(60, 50, [3, 4, 5]).webp()],
  ])('%s', async (_, encode) => {
    const whole = await encode().toBuffer();
    await pictures.inspect(whole);
    for (const share of [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share));
      await expect(pictures.inspect(cut), `at ${share}`).rejects.toMatchObject({
        code: 'UPLOAD_NOT_AN_IMAGE',
      });
    }
  });
});

it('a large TIFF whose pixels are missing at the end is refused, and so is one of garbage', async () => {
  const whole = await noise(1000, 1000).tiff({ compression: 'none' }).toBuffer();
  // Its directory first, as other programs write it: the header is whole when the pixels are cut.
  const directory = whole.readUInt32LE(4);
  const entries = whole.subarray(directory);
  expect(entries.length).toBeLessThan(2000);
  const holed = Buffer.concat([whole.subarray(0, 8), Buffer.alloc(directory - 8), entries]);
  await pictures.inspect(holed);
  const packed = await noise(1000, 1000).tiff({ compression: 'lzw' }).toBuffer();
  const at = packed.readUInt32LE(4);
  const garbage = Buffer.concat([
    packed.subarray(0, 8),
    Buffer.alloc(at - 8, 0xa5),
    packed.subarray(at),
  ]);
  await expect(pictures.inspect(garbage)).rejects.toMatchObject({ code: 'UPLOAD_NOT_AN_IMAGE' });
});

describe('a picture of more than 100 million pixels is refused by its header', () => {
  const gif = 'GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x4c\x01\0;';
  // Two times fourteen bits of width - 1 and height - 1, after a byte that says "without loss".
  const webp = 'RIFF\x16\0\0\0WEBPVP8L\x0a\0\0\0\x2f\xfe\xbf\xff\x0f\0\0\0\0\0';
  const bomb = () => plain(12_000, 10_000, RED).toColourspace('b-w').png({ compressionLevel: 9 });
  it.each([
    ['a header of 50,000 x 50,000', () => emptyPng(50_000, 50_000)],
    ['one row too many', () => emptyPng(10_000, 10_001)],
    ['a whole PNG of few bytes', () => bomb().toBuffer()],
    ['a WebP of 16,383 x 16,383', () => Buffer.from(webp, 'latin1')],
    ['a GIF of 65,535 x 65,535', () => Buffer.from(gif, 'latin1')],
  ])('%s', async (_, make) => {
    const bytes = await make();
    expect(bytes.length).toBeLessThan(1_000_000);
    for (const look of ['identify', 'inspect'] as const) {
      await expect(pictures[look](bytes)).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' });
    }
  });
});
