import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withoutChildren } from '../../../server/adapters/lock/sqlite/children-lock.js';
import { lockFile } from '../../../server/adapters/lock/sqlite/file-lock.js';
import { MIGRATION_NAMES } from '../../../server/adapters/metadata/sqlite/database.js';
import { composeServer } from '../../../server/compose.js';
import { backUp } from '../../../server/compose-keeping.js';
import { readConfig } from '../../../server/config.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { directoryOf, ignored } from './data-directory.js';

const LATEST = MIGRATION_NAMES.at(-1) ?? '';
const CHILDREN = 'lock.sqlite.children';
const nothing = () => Promise.resolve();

/** A data directory whose server was killed while it wrote. */
async function killedWhileWriting() {
  const directory = await temporaryFolder();
  const start = async () => {
    const environment = { LOOKALIKE_DATA_DIR: directory, LOOKALIKE_LOG_LEVEL: 'error' };
    const server = await composeServer(readConfig(environment));
    await server.loadIndexes();
    await server.close();
  };
  await start();
  const blob = join(directory, 'blobs', 'ab', 'ab'.repeat(32));
  const index = join(directory, 'indexes', '11111111-1111-4111-8111-111111111111');
  await mkdir(join(blob, '..'), { recursive: true });
  await mkdir(`${index}.tmp`, { recursive: true });
  const left = [`${blob}.11111111-1111-4111-8111-111111111111.tmp`, join(`${index}.tmp`, 'graph')];
  for (const path of left) await writeFile(path, 'half');
  await writeFile(blob, 'whole');
  return { directory, blob, left, start };
}

it('a start removes what killed writes left', async () => {
  const { blob, left, start } = await killedWhileWriting();
  await start();
  expect(left.filter((path) => existsSync(path))).toEqual([]);
  expect(await readFile(blob, 'utf8')).toBe('whole');
});

it('a start leaves alone what a child of the server before may still be writing', async () => {
  const { directory, left, start } = await killedWhileWriting();
  const unlock = lockFile(join(directory, CHILDREN), 'SHARED');
  await start();
  expect(left.filter((path) => existsSync(path))).toEqual(left);
  unlock?.();
  await start();
  expect(left.filter((path) => existsSync(path))).toEqual([]);
});

it('any number of children keep away who wants to be without, and wait for him', async () => {
  const directory = await temporaryFolder();
  const path = join(directory, CHILDREN);
  const [one, other] = [lockFile(path, 'SHARED'), lockFile(path, 'SHARED')];
  expect(await withoutChildren(directory, 0, nothing)).toBe(false);
  one?.();
  expect(await withoutChildren(directory, 0, nothing)).toBe(false);
  other?.();
  const isDone = withoutChildren(directory, 0, () => {
    expect(lockFile(path, 'SHARED')).toBeNull();
    return nothing();
  });
  expect(await isDone).toBe(true);
});

it('a backup begins anew where one was killed, and keeps away from one that goes on', async () => {
  const directory = await directoryOf(LATEST);
  const folder = await temporaryFolder();
  const file = join(folder, 'all.backup');
  const aside = join(folder, '.all.backup.tmp');
  await mkdir(aside);
  await writeFile(join(aside, 'backup.zip'), 'half');
  await writeFile(join(aside, '.metadata.sqlite.1.tmp'), 'half');
  const unlock = lockFile(join(aside, 'lock.sqlite'), 'EXCLUSIVE');
  await expect(backUp(directory, file, false, ignored)).rejects.toThrow(/Another backup/);
  expect(await readFile(join(aside, 'backup.zip'), 'utf8')).toBe('half');
  unlock?.();
  await backUp(directory, file, false, ignored);
  expect(await readdir(folder)).toEqual(['all.backup']);
});

it('a backup takes the place of no folder, and says so at once', async () => {
  const directory = await directoryOf(LATEST);
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'taken'));
  const copied: number[] = [];
  const told = backUp(directory, join(folder, 'taken'), true, (files) => copied.push(files));
  await expect(told).rejects.toMatchObject({ code: 'BACKUP_EXISTS' });
  expect(copied).toEqual([]);
});
