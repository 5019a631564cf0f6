import { statSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { SqliteWriter } from '../../../server/adapters/sqlite-writer/sqlite-writer.js';
import { isDiskFull } from '../../../server/domain/disk-full.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';

async function writerOn(...pragmas: string[]) {
  const path = join(await temporaryFolder(), 'numbers.sqlite');
  const reader = new Libsql(path);
  onTestFinished(() => void reader.close());
  reader.pragma('journal_mode = WAL');
  reader.exec('create table number (value integer primary key, bytes blob)');
  const writer = new SqliteWriter({ path, pragmas: ['busy_timeout = 5000', ...pragmas] });
  onTestFinished(() => writer.close());
  const values = () =>
    (reader.prepare('select value from number').raw().all() as number[][]).flat();
  return { path, reader, writer, values };
}

const insertion = (value: number, bytes: Uint8Array | null = null) => ({
  sql: 'insert into number (value, bytes) values (?, ?)',
  parameters: [value, bytes],
});

it('what it has answered for is there for every connection', async () => {
  const { writer, values, reader } = await writerOn();
  const bytes = Uint8Array.of(1, 2, 3);
  await writer.write([insertion(1), insertion(2, bytes)], [bytes.buffer]);
  expect(values()).toEqual([1, 2]);
  expect(
    reader.prepare('select hex(bytes) as hex from number where value = 2').get(),
  ).toMatchObject({ hex: '010203' });
});

it('writes all statements of a call or none, and goes on after one that failed', async () => {
  const { writer, values } = await writerOn();
  const calls = [
    writer.write([insertion(1)]),
    writer.write([insertion(2), insertion(1)]),
    writer.write([insertion(3)]),
  ];
  const ends = await Promise.allSettled(calls);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  await expect(calls[1]).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
  expect(values()).toEqual([1, 3]);
});

it('what is written in order is not written behind what failed', async () => {
  const { writer, values } = await writerOn();
  const ends = await Promise.allSettled([
    writer.writeInOrder([insertion(1)]),
    writer.writeInOrder([insertion(1)]),
    writer.write([insertion(2)]),
    writer.writeInOrder([insertion(3)]),
    writer.writeInOrder([insertion(4)]),
  ]);
  expect(ends.map(({ status }) => status)).toEqual(
    ['fulfilled', 'rejected', 'fulfilled'].concat(['rejected', 'rejected']),
  );
  expect(values()).toEqual([1, 2]);
  await writer.writeInOrder([insertion(5)]);
  expect(values()).toEqual([1, 2, 5]);
});

it('a database that cannot grow is told as a full disk', async () => {
  const { writer, values } = await writerOn('max_page_count = 4');
  const thrown: unknown = await writer
    .write([insertion(1, new Uint8Array(100_000))])
    .catch((reason: unknown) => reason);
  expect(isDiskFull(thrown)).toBe(true);
  expect(values()).toEqual([]);
  await writer.write([insertion(2)]);
  expect(values()).toEqual([2]);
});

it('waits for another connection that writes', async () => {
  const { writer, values, reader } = await writerOn();
  reader.exec('begin immediate');
  reader.exec('insert into number (value) values (1)');
  const written = writer.write([insertion(2)]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  reader.exec('commit');
  await written;
  expect(values()).toEqual([1, 2]);
});

it('a database that cannot be opened fails the write, and the next one looks again', async () => {
  const path = join(await temporaryFolder(), 'none', 'numbers.sqlite');
  const writer = new SqliteWriter({ path, pragmas: [] });
  onTestFinished(() => writer.close());
  await expect(writer.write([insertion(1)])).rejects.toThrow();
  await expect(writer.write([insertion(1)])).rejects.toThrow();
});

it('leaves nothing in the WAL to copy when it ends', async () => {
  const { path, reader, writer, values } = await writerOn('wal_autocheckpoint = 0');
  await writer.write([insertion(1, new Uint8Array(100_000))]);
  expect(statSync(path).size).toBeLessThan(100_000);
  await writer.close();
  expect(statSync(path).size).toBeGreaterThan(100_000);
  expect(reader.open).toBe(true);
  expect(values()).toEqual([1]);
});

it('closes when all that was asked is written, and takes nothing after that', async () => {
  const { writer, values } = await writerOn();
  const written = writer.write([insertion(1)]);
  await writer.close();
  await written;
  expect(values()).toEqual([1]);
  await expect(writer.write([insertion(2)])).rejects.toThrow('closed');
  await writer.close();
});
