import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Blobs } from '../../server/ports/blobs.js';

/** A store with what the cases need besides the port. */
export interface BlobsUnderTest {
  readonly blobs: Blobs;
  /** The same store as another process would find it. */
  reopen(): Blobs;
  /** Changes the stored bytes behind the store's back. */
  damage(id: string): Promise<void>;
}

/** What every store of blobs promises. */
export function blobsCases(open: () => Promise<BlobsUnderTest>): void {
  describe.each([
    ['an empty blob', 0],
    ['a small blob', 784],
    ['a blob of 32 KiB', 32 * 1024],
    ['a blob of one byte more', 32 * 1024 + 1],
    ['a large blob', 3_000_000],
  ])('%s', (_, length) => {
    const bytes = patterned(length, 1);

    it('comes back as it was put', async () => {
      const { blobs } = await open();
      expect(same(await blobs.get(await blobs.put(bytes)), bytes)).toBe(true);
    });

    it('is named by its SHA-256, also when it is put again', async () => {
      const { blobs } = await open();
      const id = await blobs.put(bytes);
      expect(id).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(await blobs.put(Uint8Array.from(bytes))).toBe(id);
      expect(same(await blobs.get(id), bytes)).toBe(true);
    });

    it('is there after a restart', async () => {
      const { blobs, reopen } = await open();
      const id = await blobs.put(bytes);
      expect(same(await reopen().get(id), bytes)).toBe(true);
    });

    it('is gone when it has been deleted, and can be put again', async () => {
      const { blobs } = await open();
      const id = await blobs.put(bytes);
      await blobs.delete(id);
      await expect(blobs.get(id)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
      await blobs.put(bytes);
      expect(same(await blobs.get(id), bytes)).toBe(true);
    });

    it('is mended by putting it again when its stored bytes have changed', async () => {
      const { blobs, damage } = await open();
      const id = await blobs.put(bytes);
      await damage(id);
      await blobs.put(bytes);
      expect(same(await blobs.get(id), bytes)).toBe(true);
    });

    it('is not given out when its stored bytes have changed', async () => {
      const { blobs, damage } = await open();
      const [damaged, sound] = [await blobs.put(bytes), await blobs.put(patterned(length + 9, 7))];
      await damage(damaged);
      await expect(blobs.get(damaged)).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
      await expect(blobs.getMany([sound, damaged])).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
      expect(await blobs.get(sound)).toHaveLength(length + 9);
    });
  });

  it('many blobs are named in the order they came and given in the order asked for', async () => {
    const { blobs } = await open();
    const lengths = [10, 50_000, 20, 40_000, 10];
    const many = lengths.map((length) => patterned(length, length));
    const ids = await blobs.putMany(many);
    expect(new Set(ids).size).toBe(4);
    const backwards = await blobs.getMany([...ids].reverse());
    expect(backwards.map((bytes) => bytes.length)).toEqual([10, 40_000, 20, 50_000, 10]);
    backwards.reverse().forEach((bytes, at) => {
      expect(same(bytes, many[at] ?? new Uint8Array())).toBe(true);
    });
  });

  it('more blobs than one statement takes are put and read at once', async () => {
    const { blobs } = await open();
    const many = Array.from({ length: 1203 }, (_, at) => patterned(3 + (at % 5), at));
    const ids = await blobs.putMany(many);
    const read = await blobs.getMany(ids);
    expect(read.map((bytes) => [...bytes])).toEqual(many.map((bytes) => [...bytes]));
  });

  it('megabytes of small blobs are there when they are answered for, also those put before', async () => {
    const { blobs, reopen } = await open();
    const many = Array.from({ length: 300 }, (_, at) => patterned(9000 + at, at));
    await blobs.putMany(many.slice(0, 20));
    const ids = await blobs.putMany(many);
    const read = await reopen().getMany(ids);
    expect(read.every((bytes, at) => same(bytes, many[at] ?? new Uint8Array()))).toBe(true);
  });

  it('many blobs are deleted at once, large and small, and those that are not there do not matter', async () => {
    const { blobs } = await open();
    const ids = await blobs.putMany([patterned(5, 1), patterned(50_000, 2), patterned(6, 3)]);
    const [small = '', large = '', kept = ''] = ids;
    await blobs.deleteMany([small, 'f'.repeat(64), large]);
    for (const id of [small, large]) {
      await expect(blobs.get(id)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
    }
    expect(await blobs.get(kept)).toHaveLength(6);
    await blobs.deleteMany([]);
  });

  it('no blobs at all are put and read', async () => {
    const { blobs } = await open();
    expect(await blobs.putMany([])).toEqual([]);
    expect(await blobs.getMany([])).toEqual([]);
  });

  it('a blob that was never put is missing, and its absence is told for many too', async () => {
    const { blobs } = await open();
    const present = await blobs.put(patterned(5, 1));
    const absent = 'f'.repeat(64);
    await expect(blobs.get(absent)).rejects.toMatchObject({ code: 'BLOB_MISSING' });
    await expect(blobs.getMany([present, absent])).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  });

  it('deleting what is not there does nothing', async () => {
    const { blobs } = await open();
    const kept = await blobs.put(patterned(5, 1));
    await blobs.delete('f'.repeat(64));
    expect(await blobs.get(kept)).toHaveLength(5);
  });
}

/** Bytes that differ with their place and with the seed. */
function patterned(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8) + seed * 7) % 256);
}

/** A plain comparison: vitest's takes seconds for megabytes. */
function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
