import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { openFolder } from '../../../server/cli/folder.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { readAll } from './reading.js';

/** A folder with these files, as long as is said. */
async function folderOf(files: Readonly<Record<string, number>>): Promise<string> {
  const folder = join(await temporaryFolder(), 'photos');
  await mkdir(folder);
  for (const [name, length] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), Buffer.alloc(length));
  }
  return folder;
}

it('files are found in all folders, by name, with their bytes', async () => {
  const folder = await folderOf({ 'b/deep/er/2.jpg': 5, 'a.jpg': 3, 'b/1.jpg': 4, '猫.png': 0 });
  const source = await openFolder(folder);
  expect(source.names).toEqual(['a.jpg', 'b/1.jpg', 'b/deep/er/2.jpg', '猫.png']);
  expect(await readAll(source)).toEqual({
    ...{ 'a.jpg': 3, 'b/1.jpg': 4, 'b/deep/er/2.jpg': 5, '猫.png': 0 },
  });
});

it('hidden files and what file managers leave are passed over', async () => {
  const folder = await folderOf({
    ...{ '.DS_Store': 1, 'Thumbs.db': 1, 'a/desktop.ini': 1, '.git/x.png': 1 },
    ...{ '__MACOSX/a.png': 1, 'a/b.png': 2 },
  });
  expect((await openFolder(folder)).names).toEqual(['a/b.png']);
});

it('a link that stays in the folder is read, one that leads out or nowhere is not', async () => {
  const folder = await folderOf({ 'a/1.png': 6 });
  const outside = join(folder, '..', 'secret');
  await writeFile(outside, 'secret');
  await mkdir(join(folder, '..', 'photos-2'));
  await symlink('a/1.png', join(folder, 'inside.png'));
  await symlink(outside, join(folder, 'outside.png'));
  await symlink('../photos-2', join(folder, 'sibling'));
  await symlink('nowhere', join(folder, 'broken.png'));
  await symlink('/', join(folder, 'root'));
  await symlink('.', join(folder, 'round'));
  await symlink('loop', join(folder, 'loop'));
  expect(await readAll(await openFolder(folder))).toEqual({
    'a/1.png': 6,
    'inside.png': 6,
    'outside.png': 'LINK_LEAVES_FOLDER',
    sibling: 'LINK_LEAVES_FOLDER',
    'broken.png': 'LINK_BROKEN',
    root: 'LINK_LEAVES_FOLDER',
    loop: 'LINK_BROKEN',
  });
});

it('a folder that is itself given by a link is read', async () => {
  const folder = await folderOf({ 'a.png': 2 });
  await symlink(folder, `${folder}-link`);
  expect(await readAll(await openFolder(`${folder}-link`))).toEqual({ 'a.png': 2 });
});

it('what is no file, too large, or of a name that is no Unicode is not taken', async () => {
  const folder = await folderOf({ 'large.png': 0 });
  await truncate(join(folder, 'large.png'), 100_000_001);
  execFileSync('mkfifo', [join(folder, 'pipe.png')]);
  await writeFile(Buffer.concat([Buffer.from(`${folder}/x`), Buffer.from([0xff])]), 'x');
  expect(await readAll(await openFolder(folder))).toEqual({
    'large.png': 'UPLOAD_TOO_LARGE',
    'pipe.png': 'FILE_UNREADABLE',
    'x\uFFFD': 'IMAGE_NAME_INVALID',
  });
});
