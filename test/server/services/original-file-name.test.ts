import { expect, it } from 'vitest';
import type { ImageFormat } from '../../../server/domain/image.js';
import { originalFileName } from '../../../server/services/original-file-name.js';

it.each<[string, ImageFormat, string]>([
  ['holiday/2026/beach.jpg', 'JPEG', 'beach.jpg'],
  ['beach.JPEG', 'JPEG', 'beach.jpeg'],
  ['scan.tiff', 'TIFF', 'scan.tiff'],
  ['test/0', 'RAW', '0.raw'],
  ['beach', 'AVIF', 'beach.avif'],
  ['renamed.png', 'JPEG', 'renamed.png.jpg'],
  ['picture.html', 'GIF', 'picture.html.gif'],
  ['C:\\pictures\\a.png', 'PNG', 'a.png'],
  ['Größe 日本語 🦖.png', 'PNG', 'Größe 日本語 🦖.png'],
  ['a"b:c*?.png', 'PNG', 'a_b_c__.png'],
  ['line\r\nset-cookie: x.png', 'PNG', 'line__set-cookie_ x.png'],
  ['half\ud83e.png', 'PNG', 'half_.png'],
  ['\u202egnp.exe', 'PNG', 'gnp.exe.png'],
  ['..', 'PNG', 'picture.png'],
  ['.png', 'PNG', 'png.png'],
  ['.hidden.png', 'PNG', 'hidden.png'],
  ['folder/', 'WEBP', 'picture.webp'],
])('the original of %j (%s) is saved as %j', (name, format, expected) => {
  expect(originalFileName({ name, format })).toBe(expected);
});

it('a long name is shortened and keeps its ending', () => {
  const name = originalFileName({ name: `${'🦖'.repeat(500)}.jpeg`, format: 'JPEG' });
  expect(name).toBe(`${'🦖'.repeat(120)}.jpeg`);
});
