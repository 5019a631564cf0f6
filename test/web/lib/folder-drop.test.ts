import { expect, it } from 'vitest';
import { walk } from '../../../web/lib/folder-drop';

/** What a browser hands out for a file and a folder, as far as it is looked at. */
function fileEntry(path: string): FileSystemEntry {
  const entry = {
    isFile: true,
    isDirectory: false,
    name: path.split('/').at(-1),
    fullPath: path,
    file: (found: (file: File) => void) => found(new File(['x'], path)),
  };
  return entry as unknown as FileSystemEntry;
}

function folderEntry(path: string, contents: readonly FileSystemEntry[]): FileSystemEntry {
  const createReader = () => {
    const left = [contents, []];
    return { readEntries: (found: (some: unknown) => void) => found(left.shift()) };
  };
  const entry = { isFile: false, isDirectory: true, name: path, fullPath: path, createReader };
  return entry as unknown as FileSystemEntry;
}

const look = (entries: readonly FileSystemEntry[]) =>
  walk(entries, () => undefined, new AbortController().signal);

it('tells files that were dropped themselves from those in folders', async () => {
  const folder = folderEntry('/photos', [fileEntry('/photos/b.jpg'), fileEntry('/photos/a.jpg')]);
  const { candidates, files } = await look([fileEntry('/all.zip'), folder]);
  expect(candidates.map(({ path }) => path)).toEqual(['photos/a.jpg', 'photos/b.jpg']);
  expect(files.map(({ name }) => name)).toEqual(['/all.zip']);
});

it('walks through a folder of more files than a call takes arguments', async () => {
  // Neither file nor folder, so that there is nothing to wait for.
  const other = { isFile: false, isDirectory: false, name: 'b' } as FileSystemEntry;
  const many = [...Array.from({ length: 200_000 }, () => other), fileEntry('/photos/a.jpg')];
  const { candidates, unreadable } = await look([folderEntry('/photos', many)]);
  expect(unreadable).toEqual([]);
  expect(candidates.map(({ path }) => path)).toEqual(['photos/a.jpg']);
});
