import type { Dirent } from 'node:fs';
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { reasonOf } from '../domain/errors.js';
import {
  isJunk,
  MAX_FILE_BYTES,
  NotTaken,
  tooLarge,
  type PictureFile,
  type PictureSource,
} from './picture-source.js';

/** The files of a folder, and of the folders in it, by name. Only their paths are kept. */
export async function openFolder(path: string): Promise<PictureSource> {
  const root = await realpath(path);
  const names: string[] = [];
  const unreadable = new Map<string, NotTaken>();
  await walk(root, '', names, unreadable);
  return {
    names,
    async *files() {
      for (const name of names) yield fileAt(root, name, unreadable.get(name));
    },
  };
}

async function walk(
  root: string,
  folder: string,
  names: string[],
  unreadable: Map<string, NotTaken>,
): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true });
  } catch (thrown) {
    names.push(folder);
    unreadable.set(folder, unreadableFile(folder, thrown));
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (isJunk(entry.name)) continue;
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) await walk(root, name, names, unreadable);
    else if (!(entry.isSymbolicLink() && (await leadsToFolderWithin(root, name)))) names.push(name);
  }
}

/** What such a link leads to is walked under its own name. */
async function leadsToFolderWithin(root: string, name: string): Promise<boolean> {
  try {
    const target = await realpath(join(root, name));
    return isWithin(root, target) && (await stat(target)).isDirectory();
  } catch {
    return false;
  }
}

function fileAt(root: string, name: string, fault: NotTaken | undefined): PictureFile {
  return {
    name,
    read: async () => {
      if (fault) throw fault;
      try {
        return await readWithin(root, name);
      } catch (thrown) {
        throw thrown instanceof NotTaken ? thrown : unreadableFile(name, thrown);
      }
    },
  };
}

async function readWithin(root: string, name: string): Promise<Uint8Array> {
  const path = join(root, name);
  if ((await lstat(path)).isSymbolicLink()) {
    const target = await realpath(path).catch(() => null);
    if (target === null) {
      throw new NotTaken('LINK_BROKEN', `${name} is a link that leads nowhere. Mend or remove it.`);
    }
    if (!isWithin(root, target)) {
      throw new NotTaken(
        'LINK_LEAVES_FOLDER',
        `${name} is a link that leads out of the folder. Copy the file there instead.`,
      );
    }
    return readRegular(target, name);
  }
  return readRegular(path, name);
}

async function readRegular(path: string, name: string): Promise<Uint8Array> {
  // A pipe would be waited for, for ever; a link that has come meanwhile is not followed.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags);
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw new NotTaken('FILE_UNREADABLE', `${name} is no ordinary file.`);
    if (facts.size > MAX_FILE_BYTES) throw tooLarge(name);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function unreadableFile(name: string, thrown: unknown): NotTaken {
  if (name.includes('\uFFFD')) {
    return new NotTaken('IMAGE_NAME_INVALID', `The name ${name} is not valid Unicode. Rename it.`);
  }
  return new NotTaken('FILE_UNREADABLE', `${name} cannot be read (${reasonOf(thrown)}).`);
}
