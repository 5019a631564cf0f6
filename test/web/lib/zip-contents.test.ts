import { BlobWriter, TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { bundleOf, readZip } from '../../../web/lib/zip-contents';

const MAX_BYTES = 1024 * 1024;

type Files = Readonly<Record<string, string | Uint8Array>>;

async function zipOf(files: Files, password?: string): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter(), password === undefined ? {} : { password });
  for (const [name, content] of Object.entries(files)) {
    const reader =
      typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content);
    await writer.add(name, reader, { useWebWorkers: false });
  }
  return writer.close();
}

function read(zip: Blob) {
  return readZip(zip, () => undefined, new AbortController().signal, MAX_BYTES);
}

describe('a zip', () => {
  it('tells its files, whose bytes are unpacked when they are asked for, in any order', async () => {
    const { candidates, refusals, bundle } = await read(
      await zipOf({ 'shoes/': '', 'shoes/a.jpg': 'first', 'b.png': 'second!', '.DS_Store': 'x' }),
    );
    expect(candidates.map(({ path, size }) => [path, size])).toEqual([
      ['shoes/a.jpg', 5],
      ['b.png', 7],
    ]);
    expect([refusals, bundle]).toEqual([[], null]);
    const texts: string[] = [];
    for (const place of [1, 0, 0, 1]) {
      texts.push((await (await candidates[place]?.open())?.text()) ?? '');
    }
    expect(texts).toEqual(['second!', 'first', 'first', 'second!']);
  });

  it('may hold as many files as are asked for at once', async () => {
    const names = Array.from({ length: 40 }, (_, place) => `${place}.jpg`);
    const { candidates } = await read(await zipOf(Object.fromEntries(names.map((n) => [n, n]))));
    const texts = await Promise.all(candidates.map(async ({ open }) => (await open()).text()));
    expect(texts).toEqual(names);
  });

  it('is read also where a name in it leads out of it, or another zip lies in it', async () => {
    const inner = new Uint8Array(await (await zipOf({ 'c.jpg': 'third' })).arrayBuffer());
    const { candidates } = await read(
      await zipOf({ 'a.jpg': 'first', '../out.jpg': 'second', 'inner.zip': inner }),
    );
    expect(candidates.map(({ path }) => path)).toEqual(['a.jpg', '../out.jpg', 'inner.zip']);
  });

  it('refuses encrypted files by name', async () => {
    const { candidates, refusals } = await read(await zipOf({ 'a.jpg': 'secret' }, 'password'));
    expect(candidates).toEqual([]);
    expect(refusals).toMatchObject([{ name: 'a.jpg', code: 'ENTRY_ENCRYPTED' }]);
  });

  it('is not believed what it says of the size of a file', async () => {
    const bomb = await zipOf({ 'a.jpg': new Uint8Array(MAX_BYTES + 1) });
    const honest = await read(bomb);
    await expect(honest.candidates[0]?.open()).rejects.toThrow(/more bytes than are taken/);

    const bytes = new Uint8Array(await bomb.arrayBuffer());
    const central = bytes.findLastIndex(
      (byte, at) => byte === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 0x01,
    );
    // The uncompressed size in the central directory.
    new DataView(bytes.buffer).setUint32(central + 24, 1000, true);
    const lying = await read(new Blob([bytes]));
    expect(lying.candidates[0]?.size).toBe(1000);
    await expect(lying.candidates[0]?.open()).rejects.toThrow();
  });

  it('that is cut short, or none at all, cannot be read', async () => {
    const zip = await zipOf({ 'a.jpg': 'first' });
    await expect(read(zip.slice(0, zip.size - 10))).rejects.toThrow();
    await expect(read(new Blob(['no zip']))).rejects.toThrow();
  });

  it('that Lookalike has exported is told from any other', async () => {
    const manifest = JSON.stringify({ format: 'lookalike-bundle', name: 'shoes', title: 'Shoes' });
    const { bundle, candidates } = await read(await zipOf({ 'manifest.json': manifest }));
    expect([bundle, candidates]).toEqual([{ name: 'shoes', title: 'Shoes' }, []]);
    const other = await read(await zipOf({ 'manifest.json': '{"name":"app"}', 'a.jpg': 'x' }));
    expect(other.bundle).toBeNull();
    expect(bundleOf('lookalike-bundle, but no JSON')).toBeNull();
  });
});
