import { describe, expect, it } from 'vitest';
import { imageNameOf, tellableName } from '../../../server/domain/image-name.js';

it.each([
  ['red.jpg', 'red.jpg'],
  ['shoes\\red one.jpg', 'shoes/red one.jpg'],
  [
    'Ame\u0301lie/\u732b \ud83d\udc69\u200d\ud83d\udc67.png',
    'Am\u00e9lie/\u732b \ud83d\udc69\u200d\ud83d\udc67.png',
  ],
  ['.hidden/..a/b..', '.hidden/..a/b..'],
  ['\ud83d\ude00'.repeat(1000), '\ud83d\ude00'.repeat(1000)],
])('%j is kept as %j', (given, kept) => {
  expect(imageNameOf(given)).toBe(kept);
});

describe('a name is refused that', () => {
  it.each([
    ['is empty', '', 'is empty'],
    ['is too long', 'x'.repeat(1001), 'over 1,000 characters'],
    ['begins with a slash', '/etc/passwd', 'begins with a slash'],
    ['has two slashes', 'a//b', 'an empty part'],
    ['ends with a slash', 'a/', 'an empty part'],
    ['is a dot', '.', 'a part "." or ".."'],
    ['climbs', 'a/../b', 'a part "." or ".."'],
    ['climbs backwards', '..\\b', 'a part "." or ".."'],
    ['has a line end', 'a\nb', 'control characters'],
    ['has a null', 'a\0b', 'control characters'],
    ['has half a character', 'a\ud83d.png', 'not valid Unicode'],
  ])('%s', (_, name, reason) => {
    expect(() => imageNameOf(name)).toThrow(reason);
    expect(() => imageNameOf(name)).toThrow(
      expect.objectContaining({ code: 'IMAGE_NAME_INVALID' }),
    );
  });
});

it('a refused name can be told all the same', () => {
  expect(tellableName('a\ud83d\n.png')).toBe('a\uFFFD\uFFFD.png');
  expect(tellableName('x'.repeat(5000))).toHaveLength(1000);
  expect(tellableName('')).toBe('(no name)');
});
