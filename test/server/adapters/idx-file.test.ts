import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseIdx, readIdxFile } from '../../../server/adapters/dataset-source/idx/idx-file.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { idx } from './idx-bytes.js';

describe('the bytes of an IDX file', () => {
  it('are cut as their header says', () => {
    const { shape, data } = parseIdx(idx([2, 1, 3], [1, 2, 3, 4, 5, 6]));
    expect(shape).toEqual([2, 1, 3]);
    expect([...data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('may lie in the middle of a larger buffer', () => {
    const bytes = idx([2], [7, 8]);
    const larger = new Uint8Array(bytes.length + 10).fill(255);
    larger.set(bytes, 5);
    const { shape, data } = parseIdx(larger.subarray(5, 5 + bytes.length));
    expect([shape, [...data]]).toEqual([[2], [7, 8]]);
  });

  it('may hold nothing', () => {
    expect(parseIdx(idx([0, 28, 28], []))).toMatchObject({
      shape: [0, 28, 28],
      data: { length: 0 },
    });
  });

  const sound = idx([2, 2], [1, 2, 3, 4]);
  it.each([
    ['there are none', new Uint8Array(), 'no header'],
    ['the header is cut at its start', sound.subarray(0, 3), 'no header'],
    ['the header is cut within its sizes', sound.subarray(0, 11), 'header is cut short'],
    ['they begin otherwise', Uint8Array.from([1, ...sound.subarray(1)]), 'does not begin like'],
    [
      'they are floats',
      Uint8Array.from([0, 0, 0x0d, 1, 0, 0, 0, 0]),
      'does not hold unsigned bytes',
    ],
    ['some are missing', sound.subarray(0, -1), 'should hold 4 bytes and holds 3'],
    ['there are too many', Uint8Array.from([...sound, 9]), 'should hold 4 bytes and holds 5'],
    ['their sizes are huge', idx([2 ** 32 - 1, 2 ** 32 - 1], []), 'should hold'],
  ])('are refused when %s', (_, bytes, reason) => {
    expect(() => parseIdx(bytes)).toThrow(reason);
  });
});

describe('a gzipped IDX file', () => {
  const packed = gzipSync(idx([1, 2], [3, 4]));
  async function read(bytes: Uint8Array) {
    const path = join(await temporaryFolder(), 'some-idx.gz');
    await writeFile(path, bytes);
    return readIdxFile(path);
  }

  it('may consist of several, of which the last does not tell the length of all', async () => {
    const bytes = idx(
      [2, 50_000],
      Array.from({ length: 100_000 }, (_, at) => (at * 7) % 256),
    );
    const parts = [bytes.subarray(0, 60_000), bytes.subarray(60_000, -1), bytes.subarray(-1)];
    const { data } = await read(Buffer.concat(parts.map((part) => gzipSync(part))));
    expect(Buffer.compare(data, parseIdx(bytes).data)).toBe(0);
  });

  it('is unpacked and read', async () => {
    const { shape, data } = await read(packed);
    expect([shape, [...data]]).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it.each([
    ['empty', new Uint8Array()],
    ['not packed', idx([1, 2], [3, 4])],
    ['cut short', packed.subarray(0, -9)],
    ['damaged', packed.map((byte, at) => (at === packed.length - 6 ? byte ^ 1 : byte))],
    ['packed but no IDX file', gzipSync('hello')],
  ])('that is %s is refused by name, with what to do', async (_, bytes) => {
    const reading = read(bytes);
    await expect(reading).rejects.toMatchObject({ code: 'IDX_CORRUPT' });
    await expect(reading).rejects.toThrow(/some-idx\.gz is damaged .*npm run setup/);
  });

  it('that is not there is told by name, with what to do', async () => {
    const reading = readIdxFile(join(await temporaryFolder(), 'none.gz'));
    await expect(reading).rejects.toMatchObject({ code: 'SOURCE_FILES_MISSING' });
    await expect(reading).rejects.toThrow(/none\.gz cannot be read .*npm run setup/);
  });
});
