import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { UsageError } from '../../../server/cli/usage-error.js';
import { openZip } from '../../../server/cli/zip.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { readAll } from './reading.js';

/** The bytes of a zip file with these entries. */
async function zipOf(entries: Readonly<Record<string, Uint8Array>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(entries)) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function opened(bytes: Uint8Array) {
  const path = join(await temporaryFolder(), 'pictures.zip');
  await writeFile(path, bytes);
  return openZip(path);
}

/** Puts other text of the same length in place of all that is there. */
function replaced(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}

/** Changes a number in the central directory's record of the only entry. */
function forged(bytes: Buffer, offset: number, value: number, length: 2 | 4): Buffer {
  const record = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  const changed = Buffer.from(bytes);
  if (length === 2) changed.writeUInt16LE(value, record + offset);
  else changed.writeUInt32LE(value, record + offset);
  return changed;
}

const FLAGS = 8;
const METHOD = 10;
const SIZE = 24;

it('entries are read in their order, packed or not', async () => {
  const source = await opened(
    await zipOf({
      'b/2.png': Buffer.alloc(5000),
      'a.png': Buffer.from('abc'),
      '猫.png': Buffer.from('x'),
    }),
  );
  expect(source.names).toEqual(['b/2.png', 'a.png', '猫.png']);
  expect(await readAll(source)).toEqual({ 'b/2.png': 5000, 'a.png': 3, '猫.png': 1 });
});

it('folders, hidden files and what macOS leaves are passed over', async () => {
  const zip = new ZipFile();
  zip.addEmptyDirectory('empty');
  for (const name of ['__MACOSX/._a.png', 'a/.hidden', 'a/Thumbs.db', 'a/b.png']) {
    zip.addBuffer(Buffer.from('x'), name);
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  expect((await opened(Buffer.concat(chunks))).names).toEqual(['a/b.png']);
});

it('names that would leave a folder are only names, and stop nothing', async () => {
  const bytes = await zipOf({ 'xx/evil.png': Buffer.from('evil'), 'good.png': Buffer.from('ok') });
  const source = await opened(replaced(bytes, 'xx/evil.png', '../evil.png'));
  expect(await readAll(source)).toEqual({ '../evil.png': 4, 'good.png': 2 });
  const absolute = await opened(replaced(bytes, 'xx/evil.png', '/etc/passwd'));
  expect(absolute.names).toEqual(['/etc/passwd', 'good.png']);
});

it('an entry that says it is large is not read, and one that lies about it not to its end', async () => {
  const bomb = await zipOf({ 'bomb.png': Buffer.alloc(101_000_000) });
  expect(bomb.length).toBeLessThan(200_000);
  expect(await readAll(await opened(bomb))).toEqual({ 'bomb.png': 'UPLOAD_TOO_LARGE' });
  const lying = forged(bomb, SIZE, 1000, 4);
  expect(await readAll(await opened(lying))).toEqual({ 'bomb.png': 'UPLOAD_TOO_LARGE' });
});

it.each([
  ['encrypted', FLAGS, 1, 'ENTRY_ENCRYPTED'],
  ['packed in a way that is not known', METHOD, 14, 'ENTRY_UNREADABLE'],
  ['shorter than it says', SIZE, 6000, 'ENTRY_UNREADABLE'],
  ['longer than it says', SIZE, 4000, 'ENTRY_UNREADABLE'],
])('an entry that is %s is not taken', async (_, offset, value, code) => {
  const bytes = await zipOf({ 'a.png': Buffer.alloc(5000) });
  const length = offset === SIZE ? 4 : 2;
  expect(await readAll(await opened(forged(bytes, offset, value, length)))).toEqual({
    'a.png': code,
  });
});

it('an entry that is damaged is not taken, the next one is', async () => {
  const noise = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * at * 7) % 251));
  const bytes = await zipOf({ 'a.png': noise, 'b.png': Buffer.from('fine') });
  const harmed = Buffer.from(bytes);
  harmed.fill(0xff, 45, 300);
  expect(await readAll(await opened(harmed))).toEqual({ 'a.png': 'ENTRY_UNREADABLE', 'b.png': 4 });
});

it.each([
  ['empty', () => Buffer.alloc(0)],
  ['something else', () => Buffer.from('GIF89a, and then some more of it')],
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 30)],
])('a file that is %s is told to be no zip file', async (_, made) => {
  const bytes = made(await zipOf({ 'a.png': Buffer.alloc(100) }));
  await expect(opened(bytes)).rejects.toThrow(UsageError);
  await expect(opened(bytes)).rejects.toThrow(/pictures\.zip cannot be read as a zip file/);
});
