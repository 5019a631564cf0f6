import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UnpackingIdxFile } from '../../../server/adapters/dataset-source/idx/unpacking-idx-file.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { idx } from './idx-bytes.js';

async function opened(bytes: Uint8Array): Promise<UnpackingIdxFile> {
  const path = join(await temporaryFolder(), 'some-idx.gz');
  await writeFile(path, bytes);
  return UnpackingIdxFile.open(path);
}

/** Does not repeat itself for as long as a picture is. */
function bytesOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8)) % 251);
}

/** As `idx`, for millions of bytes. */
function largeIdx(shape: readonly number[], length: number): Uint8Array {
  return Buffer.concat([idx(shape, []), bytesOf(length)]);
}

async function takenFrom(file: UnpackingIdxFile, ...counts: number[]): Promise<Uint8Array[]> {
  const taken: Uint8Array[] = [];
  for (const count of counts) taken.push(...(await file.take(count)));
  return taken;
}

describe('a gzipped IDX file that is taken while it is unpacked', () => {
  it.each([
    ['in one chunk', [5, 2, 3], [2, 0, 3]],
    ['in many chunks, whose ends lie within items', [12_000, 28, 30], [1, 4500, 7499]],
    ['of items larger than a chunk', [3, 5_000_000], [1, 2]],
    ['of items of no bytes', [3, 0, 7], [1, 2]],
    ['without items', [0, 28, 28], [0]],
    ['of single bytes', [4], [4]],
  ])('gives its items in order: %s', async (_, shape, counts) => {
    const data = bytesOf(shape.reduce((product, size) => product * size, 1));
    const file = await opened(gzipSync(largeIdx(shape, data.length)));
    expect(file.shape).toEqual(shape);
    const items = await takenFrom(file, ...counts);
    expect(items).toHaveLength(shape[0] ?? 0);
    const length = data.length / (items.length || 1);
    expect(items.every((item) => item.byteLength === length)).toBe(true);
    expect(Buffer.compare(Buffer.concat(items), data)).toBe(0);
    await file.whole;
    expect(await file.take(1)).toEqual([]);
  });

  it('is unpacked to its end though nobody takes it', async () => {
    const file = await opened(gzipSync(largeIdx([9_000_000], 9_000_000)));
    await file.whole;
    expect(Buffer.concat(await file.take(2))).toEqual(Buffer.of(0, 7));
  });

  it('may consist of several', async () => {
    const bytes = idx([2, 50_000], bytesOf(100_000));
    const parts = [bytes.subarray(0, 5), bytes.subarray(5, 60_000), bytes.subarray(60_000)];
    const file = await opened(Buffer.concat(parts.map((part) => gzipSync(part))));
    expect(Buffer.compare(Buffer.concat(await file.take(2)), bytesOf(100_000))).toBe(0);
    await file.whole;
  });

  const sound = idx([3, 2], [1, 2, 3, 4, 5, 6]);
  it.each([
    ['empty', new Uint8Array()],
    ['not packed', sound],
    ['packed but no IDX file', gzipSync('hello')],
  ])('that is %s is refused at once, by name, with what to do', async (_, bytes) => {
    await expect(opened(bytes)).rejects.toMatchObject({
      code: 'IDX_CORRUPT',
      message: expect.stringMatching(/some-idx\.gz is damaged .*npm run setup/) as string,
    });
  });

  const large = gzipSync(largeIdx([3000, 2800], 8_400_000));
  it.each([
    ['cut short', large.subarray(0, -9)],
    ['damaged', large.map((byte, at) => (at === large.length - 6 ? byte ^ 1 : byte))],
    ['shorter than it says', gzipSync(largeIdx([3000, 2800], 8_399_999))],
    ['longer than it says', gzipSync(largeIdx([3000, 2800], 8_400_001))],
    ['endless', gzipSync(largeIdx([3, 2], 9_000_000))],
  ])('that turns out to be %s is not whole', async (_, bytes) => {
    const file = await opened(bytes);
    await expect(file.whole).rejects.toMatchObject({
      code: 'IDX_CORRUPT',
      message: expect.stringMatching(/some-idx\.gz is damaged .*npm run setup/) as string,
    });
  });

  it('that says to hold more than there are numbers for is not unpacked without end', async () => {
    const shape = [...Array<number>(33).fill(2 ** 32 - 1), 0];
    const { whole } = await opened(gzipSync(largeIdx(shape, 9_000_000)));
    await expect(whole).rejects.toThrow('holds more');
  });

  it('that is closed is unpacked no further', async () => {
    const file = await opened(large);
    file.close();
    await expect(file.whole).rejects.toMatchObject({ code: 'IDX_CORRUPT' });
  });

  it('that breaks off refuses the items behind that', async () => {
    const file = await opened(large.subarray(0, large.length / 2));
    await expect(file.take(3000)).rejects.toMatchObject({ code: 'IDX_CORRUPT' });
  });

  it('that is not there is told by name, with what to do', async () => {
    const opening = UnpackingIdxFile.open(join(await temporaryFolder(), 'none.gz'));
    await expect(opening).rejects.toMatchObject({ code: 'SOURCE_FILES_MISSING' });
    await expect(opening).rejects.toThrow(/none\.gz cannot be read .*npm run setup/);
  });
});
