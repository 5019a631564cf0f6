import { describe, expect, it } from 'vitest';
import { batchesOf } from '../../../web/lib/import-batches';

function named(sizes: readonly number[]) {
  return sizes.map((size, place) => ({ name: String(place), size }));
}

function sizesOf(batches: Iterable<readonly { size: number }[]>) {
  return Array.from(batches, (batch) => batch.map(({ size }) => size));
}

describe('the batches of an import', () => {
  it('hold so many files and so many bytes at most, in order', () => {
    expect(sizesOf(batchesOf(named([4, 4, 4, 1, 1, 1, 1]), 10, 3))).toEqual([
      [4, 4],
      [4, 1, 1],
      [1, 1],
    ]);
  });

  it('hold a file that is larger than that alone', () => {
    expect(sizesOf(batchesOf(named([1, 50, 1, 50]), 10, 3))).toEqual([[1], [50], [1], [50]]);
  });

  it('hold a name once', () => {
    const files = ['a', 'b', 'a', 'c'].map((name) => ({ name, size: 1 }));
    const names = Array.from(batchesOf(files), (batch) => batch.map(({ name }) => name));
    expect(names).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ]);
  });

  it('are made one at a time', () => {
    let read = 0;
    const files = (function* () {
      for (;;) yield { name: String((read += 1)), size: 1 };
    })();
    batchesOf(files, 10, 10).next();
    expect(read).toBe(11);
  });

  it('are none where there are no files', () => {
    expect([...batchesOf([])]).toEqual([]);
  });
});
