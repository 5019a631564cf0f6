import { describe, expect, it } from 'vitest';
import type { BundleFile, Bundles } from '../../server/ports/bundles.js';
import { bundleBytes, fingerprint, inPieces, joined, sha256 } from './bundle-bytes.js';

/** Bundles with what the cases need besides the port. */
export interface BundlesUnderTest {
  readonly bundles: Bundles;
  /** The same ones as another process would find them. */
  reopen(): Bundles;
  /** Whatever lies where bundles are kept. */
  files(): Promise<string[]>;
  /** Changes a bundle behind the back of the one that keeps it. */
  replace(file: BundleFile, change: (bytes: Buffer) => Uint8Array): Promise<void>;
}

const INVALID = { code: 'BUNDLE_INVALID' };
const SMALL = Buffer.from('a picture');
const LARGE = Buffer.from(Array.from({ length: 1_500_000 }, (_, at) => (at * 7 + (at >> 9)) % 256));

/** What every format and place of bundles promises. */
export function bundlesCases(open: () => Promise<BundlesUnderTest>): void {
  async function withFiles() {
    const { bundles, ...rest } = await open();
    const bytes = await bundleBytes(bundles, async (writer) => {
      await writer.add('originals/a.raw', SMALL);
      await writer.add('empty', new Uint8Array(0));
      await writer.addPieces('large', inPieces(LARGE));
      await writer.add('originals/b.raw', Buffer.from('another'));
    });
    const file = await bundles.receive(inPieces(bytes, 1000));
    return { bundles, ...rest, bytes, file };
  }

  it('what was written is read, in whatever order', async () => {
    const { bundles, file } = await withFiles();
    const reader = await bundles.open(file);
    const large = await joined(reader.open('large', fingerprint(LARGE)));
    // A plain comparison: vitest's takes seconds for megabytes.
    expect(large.equals(LARGE)).toBe(true);
    expect(await reader.read('originals/b.raw', 100, null)).toEqual(Buffer.from('another'));
    expect(await reader.read('originals/a.raw', 9, sha256(SMALL))).toEqual(SMALL);
    expect(await reader.read('empty', 0, null)).toHaveLength(0);
    expect(reader.sizeOf('large')).toBe(1_500_000);
    expect(reader.sizeOf('originals')).toBeNull();
    reader.close();
  });

  it('two files are read at the same time', async () => {
    const { bundles, file } = await withFiles();
    const reader = await bundles.open(file);
    const many = [0, 1, 2].map(() => joined(reader.open('large', fingerprint(LARGE))));
    for (const bytes of await Promise.all(many)) expect(bytes.equals(LARGE)).toBe(true);
    reader.close();
  });

  it('what came in pieces is told with size and checksum', async () => {
    const { bundles } = await open();
    await bundleBytes(bundles, async (writer) => {
      expect(await writer.addPieces('x', inPieces(LARGE))).toEqual(fingerprint(LARGE));
    });
  });

  it('a sink that throws ends the writing', async () => {
    const { bundles } = await open();
    const writer = bundles.writeTo(() => Promise.reject(new Error('gone away')));
    await expect(writer.add('large', LARGE)).rejects.toThrow('gone away');
  });

  describe('a file that is not what was expected is told', () => {
    it.each([
      ['another name', 'large2', fingerprint(LARGE)],
      ['another size', 'large', { ...fingerprint(LARGE), size: 1 }],
      ['another checksum', 'large', { ...fingerprint(LARGE), sha256: 'f'.repeat(64) }],
    ])('%s', async (_, name, expected) => {
      const { bundles, file } = await withFiles();
      const reader = await bundles.open(file);
      await expect(joined(reader.open(name, expected))).rejects.toMatchObject(INVALID);
      await expect(reader.read(name, LARGE.length - 1, null)).rejects.toMatchObject(INVALID);
      reader.close();
    });
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -30)],
    ['cut in half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('GIF89a'.repeat(500))],
  ])('a bundle that is %s is none', async (_, change) => {
    const { bundles, file, replace } = await withFiles();
    await replace(file, change);
    await expect(bundles.open(file)).rejects.toMatchObject(INVALID);
  });

  it('a transfer that breaks off leaves nothing', async () => {
    const { bundles, files } = await open();
    async function* breaking() {
      yield LARGE;
      throw new Error('connection lost');
    }
    await expect(bundles.receive(breaking())).rejects.toThrow('connection lost');
    expect(await files()).toEqual([]);
  });

  it('a kept bundle is there after a restart, a received one is swept', async () => {
    const { bundles, reopen, file, bytes, files } = await withFiles();
    const other = await bundles.receive(inPieces(bytes));
    const kept = await bundles.keep(file, 'fashion-2');
    await bundles.sweep();
    (await bundles.open(other)).close();
    const restarted = reopen();
    await restarted.sweep();
    expect(await restarted.kept()).toEqual([{ file: kept, name: 'fashion-2' }]);
    (await restarted.open(kept)).close();
    await expect(restarted.open(other)).rejects.toThrow();
    await restarted.delete(kept);
    await restarted.delete(kept);
    expect(await files()).toEqual([]);
  });

  it('before anything was received nothing is kept', async () => {
    const { bundles } = await open();
    await bundles.sweep();
    expect(await bundles.kept()).toEqual([]);
  });
}
