import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import yauzl from 'yauzl';
import yazl from 'yazl';
import { expect, it } from 'vitest';
import { ZipBundles } from '../../../server/adapters/bundles/zip/zip-bundles.js';
import {
  directoryRecord,
  endRecords,
  localHeader,
} from '../../../server/adapters/bundles/zip/zip-records.js';
import type { BundleWriter } from '../../../server/ports/bundles.js';
import { bundleBytes, inPieces, sha256 } from '../../contract/bundle-bytes.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';

const CONTENT = Buffer.from('some bytes');
const BEFORE_ENCRYPTED = 12;

async function received(bytes: Uint8Array) {
  const folder = await temporaryFolder();
  const bundles = new ZipBundles(folder);
  return { folder, bundles, file: await bundles.receive(inPieces(bytes)) };
}

function zipOf(fill: (writer: BundleWriter) => Promise<void>): Promise<Buffer> {
  return bundleBytes(new ZipBundles(''), fill);
}

it('another reader of zips finds what was written, more files than 16 bits count', async () => {
  const bytes = await zipOf(async (writer) => {
    for (let at = 0; at < 65_540; at += 1) await writer.add(`files/${at}`, Buffer.from(`${at}`));
    await writer.addPieces('streamed', inPieces(CONTENT, 3));
  });
  const zip = await yauzl.fromBufferPromise(bytes, { autoClose: false });
  const last: string[] = [];
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    count += 1;
    if (count < 65_540) continue;
    last.push(entry.fileName, await text(await zip.openReadStreamPromise(entry)));
  }
  expect(count).toBe(65_541);
  expect(last).toEqual(['files/65539', '65539', 'streamed', 'some bytes']);
});

it.skipIf(!hasProgram('unzip'))('the program unzip finds no fault with it', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'bundle.zip');
  await writeFile(
    path,
    await zipOf(async (writer) => {
      await writer.add('originals/ab/one.raw', CONTENT);
      await writer.addPieces('images.jsonl', inPieces(CONTENT, 4));
    }),
  );
  expect(execFileSync('unzip', ['-tq', path]).toString()).toContain('No errors detected');
});

it('a file that lies beyond 4 GiB is where the directory says, and so is the directory', () => {
  const entry = { name: CONTENT, crc: 1, size: 5, offset: 6_000_000_000, isStreamed: false };
  const record = Buffer.from(directoryRecord(entry, 0));
  expect(record.readUInt32LE(42)).toBe(0xffffffff);
  expect(record.readBigUInt64LE(record.length - 8)).toBe(6_000_000_000n);
  const end = Buffer.from(endRecords(1, 7_000_000_000, record.length));
  expect(end.readBigUInt64LE(48)).toBe(7_000_000_000n);
  expect(end.readUInt32LE(end.length - 6)).toBe(0xffffffff);
  expect(Buffer.from(localHeader(entry, 0)).readUInt32LE(18)).toBe(5);
});

it('a zip that was packed by another program, deflated, is read', async () => {
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from('words '.repeat(100)), 'text');
  zip.end();
  const pieces: Buffer[] = [];
  zip.outputStream.on('data', (piece: Buffer) => pieces.push(piece));
  await once(zip.outputStream, 'end');
  const { bundles, file } = await received(Buffer.concat(pieces));
  const reader = await bundles.open(file);
  expect(Buffer.from(await reader.read('text', 600, null)).toString()).toMatch(/^(words ){100}$/);
  reader.close();
});

it('names that lead out of a folder lead nowhere', async () => {
  const names = ['../../evil', '/etc/evil', 'C:\\evil', 'a\0b', 'x'.repeat(60_000)];
  const bytes = await zipOf(async (writer) => {
    for (const name of [...names, 'good']) await writer.add(name, CONTENT);
  });
  const { folder, bundles, file } = await received(bytes);
  const reader = await bundles.open(file);
  expect(await reader.read('good', 100, sha256(CONTENT))).toEqual(CONTENT);
  reader.close();
  expect(await readdir(folder)).toEqual([file]);
});

it('two files of one name make it no bundle', async () => {
  const bytes = await zipOf(async (writer) => {
    await writer.add('manifest.json', CONTENT);
    await writer.add('manifest.json', Buffer.from('other'));
  });
  const { bundles, file } = await received(bytes);
  await expect(bundles.open(file)).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
});

it('a file that is encrypted is told', async () => {
  const encrypted = Buffer.alloc(BEFORE_ENCRYPTED + CONTENT.length);
  const bytes = await zipOf((writer) => writer.add('secret', encrypted));
  const directory = bytes.indexOf('PK\x01\x02');
  bytes.writeUInt16LE(bytes.readUInt16LE(directory + 8) | 1, directory + 8);
  bytes.writeUInt32LE(CONTENT.length, directory + 24);
  const { bundles, file } = await received(bytes);
  const reader = await bundles.open(file);
  await expect(reader.read('secret', 100, null)).rejects.toMatchObject({
    code: 'BUNDLE_INVALID',
    message: expect.stringContaining('secret is encrypted') as string,
  });
  reader.close();
});

it.each([
  ['more', 8],
  ['fewer', 12],
])('a file that has %s bytes than the directory says is told', async (_, size) => {
  const zip = new yazl.ZipFile();
  zip.addBuffer(CONTENT, 'file');
  zip.end();
  const pieces: Buffer[] = [];
  zip.outputStream.on('data', (piece: Buffer) => pieces.push(piece));
  await once(zip.outputStream, 'end');
  const bytes = Buffer.concat(pieces);
  bytes.writeUInt32LE(size, bytes.indexOf('PK\x01\x02') + 24);
  const { bundles, file } = await received(bytes);
  const reader = await bundles.open(file);
  await expect(reader.read('file', 100, null)).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
  reader.close();
});

it('a bomb is found out before it goes off', async () => {
  const bytes = await zipOf((writer) => writer.add('bomb', CONTENT));
  const directory = bytes.indexOf('PK\x01\x02');
  bytes.writeUInt16LE(8, directory + 10);
  bytes.writeUInt32LE(4_000_000_000, directory + 24);
  const { bundles, file } = await received(bytes);
  await expect(bundles.open(file)).rejects.toMatchObject({
    code: 'BUNDLE_INVALID',
    message: expect.stringContaining('unpacks to') as string,
  });
});

function hasProgram(name: string): boolean {
  try {
    execFileSync(name, ['-v']);
    return true;
  } catch {
    return false;
  }
}
