import { describe, expect, it } from 'vitest';
import { bytesOf, linesOf, rowsOf } from '../../../server/domain/bundle-pieces.js';
import { inPieces } from '../../contract/bundle-bytes.js';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('lines', () => {
  const lines = (text: string, size: number, limit = 100) =>
    all(linesOf(inPieces(Buffer.from(text), size), limit));

  it.each([1, 2, 3, 7, 1000])('are whole, whatever the pieces (%i bytes)', async (size) => {
    expect(await lines('äöü\n日本語\r\n\n\nlast', size)).toEqual(['äöü', '日本語', 'last']);
  });

  it('there are none in nothing', async () => {
    expect(await lines('', 5)).toEqual([]);
    expect(await lines('\n\n', 1)).toEqual([]);
  });

  it.each([3, 1000])('that are too long are told by number, in pieces of %i', async (size) => {
    expect(await lines(`${'x'.repeat(10)}\n`, size, 10)).toHaveLength(1);
    await expect(lines(`a\n${'x'.repeat(11)}\n`, size, 10)).rejects.toMatchObject({
      code: 'BUNDLE_INVALID',
      message: expect.stringContaining('line 2 has over 10 bytes') as string,
    });
  });

  it('that are no UTF-8 are told by number', async () => {
    await expect(
      all(linesOf(inPieces(Buffer.from([97, 10, 0xc3, 0x28, 10]), 2), 10)),
    ).rejects.toMatchObject({ message: expect.stringContaining('line 2 is not UTF-8') as string });
  });
});

describe('rows', () => {
  const numbers = Float32Array.from([1.5, -0, Math.fround(0.1), 3e38, Number.NaN, 6]);

  it.each([1, 3, 4, 5, 8, 100])('are whole, whatever the pieces (%i bytes)', async (size) => {
    const rows = await all(rowsOf(inPieces(bytesOf(numbers), size), 2));
    expect(rows.map((row) => [...row])).toEqual([
      [1.5, -0],
      [Math.fround(0.1), Math.fround(3e38)],
      [Number.NaN, 6],
    ]);
  });

  it('are little-endian, four bytes a number', () => {
    expect([...bytesOf(Float32Array.from([1]))]).toEqual([0, 0, 0x80, 0x3f]);
  });
});
