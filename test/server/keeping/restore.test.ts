import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import {
  lockDataDirectory,
  requireWholeDirectory,
} from '../../../server/adapters/lock/sqlite/data-directory-lock.js';
import { MIGRATION_NAMES } from '../../../server/adapters/metadata/sqlite/database.js';
import { backUp, restore } from '../../../server/compose-keeping.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { directoryOf, ignored } from './data-directory.js';

const LATEST = MIGRATION_NAMES.at(-1) ?? '';

async function contentOf(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => !name.startsWith('lock.sqlite')).sort();
}

describe('a backup file', () => {
  let made: Buffer | null = null;
  const wholeFile = async () => {
    if (made) return made;
    const file = join(await temporaryFolder(), 'whole');
    await backUp(await directoryOf(LATEST), file, false, ignored);
    made = await readFile(file);
    return made;
  };

  it('is not restored with any byte of its contents changed, and leaves an empty directory', async () => {
    const whole = await wholeFile();
    const folder = await temporaryFolder();
    const file = join(folder, 'damaged');
    const target = join(folder, 'data');
    // Within the first blob, among the tables, and in the manifest.
    const places = ['picture', 'training on 1 images', '"blobCount"'].map((text) =>
      whole.indexOf(text),
    );
    for (const place of places) {
      expect(place).toBeGreaterThan(0);
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(place) ^ 4, place);
      await writeFile(file, damaged);
      await expect(restore(file, target, ignored)).rejects.toMatchObject({
        code: 'BACKUP_INVALID',
      });
      expect(await contentOf(target).catch(() => [])).toEqual([]);
    }
  });

  it.each([
    ['cut short', (file: string) => truncate(file, 5000)],
    ['no zip', (file: string) => writeFile(file, 'nothing')],
    ['empty', (file: string) => writeFile(file, '')],
  ])('that is %s is refused', async (_, spoil) => {
    const folder = await temporaryFolder();
    const file = join(folder, 'spoilt');
    await writeFile(file, await wholeFile());
    await spoil(file);
    await expect(restore(file, join(folder, 'data'), ignored)).rejects.toMatchObject({
      code: 'BACKUP_INVALID',
    });
  });

  it('is refused where there is none', async () => {
    const missing = join(await temporaryFolder(), 'missing');
    await expect(restore(missing, await temporaryFolder(), ignored)).rejects.toMatchObject({
      code: 'BACKUP_INVALID',
    });
  });

  it('goes into an empty directory only, which no server uses', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'backup');
    await writeFile(file, await wholeFile());
    const full = await directoryOf(LATEST);
    const before = await readFile(join(full, 'metadata.sqlite'));
    await expect(restore(file, full, ignored)).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_NOT_EMPTY',
    });
    expect(await readFile(join(full, 'metadata.sqlite'))).toEqual(before);
    const used = join(folder, 'used');
    const unlock = lockDataDirectory(used);
    await expect(restore(file, used, ignored)).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_LOCKED',
    });
    unlock();
    await restore(file, used, ignored);
    expect(await contentOf(used)).toEqual(['blobs', 'metadata.sqlite']);
  });

  it('goes into a directory that a killed restoration left, which no server takes', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'backup');
    await writeFile(file, await wholeFile());
    const left = join(folder, 'left');
    await mkdir(join(left, 'restoring', 'blobs'), { recursive: true });
    await mkdir(join(left, 'blobs'));
    await writeFile(join(left, 'metadata.sqlite'), 'a part');
    expect(() => requireWholeDirectory(left)).toThrow(/lookalike restore/);
    await restore(file, left, ignored);
    expect(() => requireWholeDirectory(left)).not.toThrow();
    expect(await contentOf(left)).toEqual(['blobs', 'metadata.sqlite']);
  });
});

it('a backup of a newer version is refused before anything is written', async () => {
  const newer = await directoryOf(LATEST);
  const database = new Libsql(join(newer, 'metadata.sqlite'));
  database.exec("insert into kysely_migration values ('999-from-tomorrow', '2126-01-01')");
  database.close();
  const folder = await temporaryFolder();
  const file = join(folder, 'newer');
  await backUp(newer, file, false, ignored);
  await expect(restore(file, join(folder, 'data'), ignored)).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_NEWER',
  });
  expect(await readdir(folder)).toEqual(['newer']);
});

it('a backup takes the place of no file unless it is told to, and leaves nothing beside it', async () => {
  const directory = await directoryOf(LATEST);
  const folder = await temporaryFolder();
  const file = join(folder, 'backup');
  await writeFile(file, 'older');
  await expect(backUp(directory, file, false, ignored)).rejects.toMatchObject({
    code: 'BACKUP_EXISTS',
  });
  expect(await readFile(file, 'utf8')).toBe('older');
  const interrupt = () => {
    throw new Error('interrupted');
  };
  await expect(backUp(directory, file, true, interrupt)).rejects.toThrow('interrupted');
  expect(await readFile(file, 'utf8')).toBe('older');
  expect(await readdir(folder)).toEqual(['backup']);
  await backUp(directory, file, true, ignored);
  expect(await readdir(folder)).toEqual(['backup']);
  await restore(file, join(folder, 'data'), ignored);
});

it('there is nothing to back up where there are no tables', async () => {
  const folder = await temporaryFolder();
  await expect(backUp(folder, join(folder, 'backup'), false, ignored)).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_UNUSABLE',
  });
});
