import { walk, type DroppedEntries } from './folder-drop';
import {
  candidatesOf,
  isLabelsFile,
  isZip,
  type Candidate,
  type ImportRefusal,
} from './import-files';
import { readZip, type BundleManifest } from './zip-contents';

/** What somebody chose or dropped, looked through. */
export interface Collection {
  readonly candidates: readonly Candidate[];
  readonly refusals: readonly ImportRefusal[];
  /** Whether all of it lies in one zip: then names are those that the zip has. */
  readonly isZip: boolean;
  /** A table of labels that came with the pictures. */
  readonly labelsFile: File | null;
  /** A dataset that Lookalike has exported; nothing else is taken with it. */
  readonly bundle: { readonly file: File; readonly manifest: BundleManifest } | null;
}

export interface Looking {
  /** Hears how many files there are so far. */
  readonly onFound: (count: number) => void;
  readonly signal: AbortSignal;
}

/** Looks through files and folders that were dropped. */
export async function collectDropped(
  dropped: DroppedEntries,
  looking: Looking,
): Promise<Collection> {
  const { candidates, files, unreadable } = await walk(
    dropped.entries,
    looking.onFound,
    looking.signal,
  );
  const collection = await collectFiles([...files, ...dropped.files], candidates, looking);
  const refusals = unreadable.map(({ path, reason }) => ({
    name: path,
    code: 'FILE_UNREADABLE',
    message: `It cannot be read from your disk: ${reason}`,
  }));
  return { ...collection, refusals: [...collection.refusals, ...refusals] };
}

/** Looks through files from a dialog, beside those that were found in folders. */
export async function collectFiles(
  files: readonly File[],
  inFolders: readonly Candidate[],
  { onFound, signal }: Looking,
): Promise<Collection> {
  const loose = files.filter((file) => !isOpenedZip(file));
  const candidates = [...inFolders, ...candidatesOf(loose)];
  const refusals: ImportRefusal[] = [];
  for (const file of files.filter(isOpenedZip)) {
    const found = candidates.length;
    try {
      const zip = await readZip(file, (count) => onFound(found + count), signal);
      if (zip.bundle) {
        return {
          candidates: [],
          refusals: [],
          isZip: true,
          labelsFile: null,
          bundle: { file, manifest: zip.bundle },
        };
      }
      for (const candidate of zip.candidates) candidates.push(candidate);
      refusals.push(...zip.refusals);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      const message = `It cannot be read as a zip (${reason}). Pack it again, or drop the folder.`;
      refusals.push({ name: file.name, code: 'FILE_UNREADABLE', message });
    }
  }
  const table = candidates.find(({ path }) => isLabelsFile(path) && path.split('/').length <= 2);
  return {
    candidates: candidates.filter((candidate) => candidate !== table),
    refusals,
    isZip: files.length === 1 && files.every(isOpenedZip) && inFolders.length === 0,
    labelsFile: table ? await asFile(table) : null,
    bundle: null,
  };
}

/** A zip in a chosen folder stays closed, like one in another zip. */
function isOpenedZip({ name, webkitRelativePath }: File): boolean {
  return isZip(name) && webkitRelativePath === '';
}

async function asFile({ path, open }: Candidate): Promise<File> {
  return new File([await open()], path.split('/').at(-1) ?? path);
}
