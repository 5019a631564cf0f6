import { tidyPath, type Candidate } from './import-files';

/** Files and folders as they were dropped. To be called in the event's own turn: afterwards they are gone. */
export function droppedEntries(transfer: DataTransfer): DroppedEntries {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const entries = items.flatMap((item) => item.webkitGetAsEntry() ?? []);
  // Some sources (another page, a mail) drop files that lie nowhere.
  const files = entries.length > 0 ? [] : [...transfer.files];
  return { entries, files };
}

export interface DroppedEntries {
  readonly entries: readonly FileSystemEntry[];
  readonly files: readonly File[];
}

/** A file that could not be looked at, and why. */
export interface Unreadable {
  readonly path: string;
  readonly reason: string;
}

/** Walks through dropped folders. `onFound` hears how many files there are so far. */
export async function walk(
  entries: readonly FileSystemEntry[],
  onFound: (count: number) => void,
  signal: AbortSignal,
): Promise<{ candidates: Candidate[]; files: File[]; unreadable: Unreadable[] }> {
  const candidates: Candidate[] = [];
  const files: File[] = [];
  const unreadable: Unreadable[] = [];
  const dropped = new Set(entries);
  const waiting = [...entries].reverse();
  for (let entry = waiting.pop(); entry && !signal.aborted; entry = waiting.pop()) {
    try {
      if (isDirectory(entry)) {
        // One by one: a hundred thousand arguments are more than a call takes.
        for (const inside of (await contentsOf(entry)).reverse()) waiting.push(inside);
      } else if (isFile(entry)) {
        const file = await fileOf(entry);
        // Files that were dropped themselves may be zips or labels: those are looked into.
        if (dropped.has(entry)) files.push(file);
        else candidates.push(candidateOf(entry, file));
        onFound(candidates.length + files.length);
      }
    } catch (thrown) {
      unreadable.push({ path: tidyPath(entry.fullPath), reason: String(thrown) });
    }
  }
  return { candidates, files, unreadable };
}

function candidateOf(entry: FileSystemFileEntry, { size }: File): Candidate {
  return { path: tidyPath(entry.fullPath), size, open: () => fileOf(entry) };
}

async function contentsOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const contents: FileSystemEntry[] = [];
  // A reader hands out a hundred at a time, and an empty list when it is through.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    for (const entry of some) contents.push(entry);
  }
  return contents.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
