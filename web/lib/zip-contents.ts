import type { Entry, FileEntry, ZipReader } from '@zip.js/zip.js';
import {
  isClutter,
  MAX_FILE_BYTES,
  tidyPath,
  type Candidate,
  type ImportRefusal,
} from './import-files';

/** What lies in a zip. Nothing is unpacked before it is opened, one file at a time. */
export interface ZipContents {
  readonly candidates: readonly Candidate[];
  /** What is not taken whatever it is: encrypted files and links. */
  readonly refusals: readonly ImportRefusal[];
  /** The manifest, where the zip is a dataset that Lookalike has exported. */
  readonly bundle: BundleManifest | null;
}

export interface BundleManifest {
  /** Name of the dataset it was. */
  readonly name: string | null;
  readonly title: string | null;
}

const MANIFEST = 'manifest.json';
const MANIFEST_MAX_BYTES = 1024 * 1024;

/**
 * Reads the list of a zip's files; `onFound` hears how many there are so far. A file that unpacks to
 * more than `maxBytes` fails when it is opened. Throws where it cannot be read as a zip.
 */
export async function readZip(
  file: Blob,
  onFound: (count: number) => void,
  signal: AbortSignal,
  maxBytes = MAX_FILE_BYTES,
): Promise<ZipContents> {
  const zip = await zipLibrary();
  // One unsafe name must not cost all others: names are judged one by one, as those of folders are.
  const openReader = () => new zip.ZipReader(new zip.BlobReader(file), { strictness: 'tolerant' });
  const candidates: Candidate[] = [];
  const refusals: ImportRefusal[] = [];
  let bundle: BundleManifest | null = null;
  const cursor = new EntryCursor(openReader);
  let place = -1;
  for await (const entry of openReader().getEntriesGenerator()) {
    if (signal.aborted) break;
    place += 1;
    if (entry.directory) continue;
    if (entry.filename === MANIFEST && entry.uncompressedSize <= MANIFEST_MAX_BYTES) {
      bundle = bundleOf(await (await unpack(entry, MANIFEST_MAX_BYTES)).text());
      if (bundle) break;
    }
    const path = tidyPath(entry.filename);
    if (isClutter(path)) continue;
    const refuse = (code: string, message: string) => refusals.push({ name: path, code, message });
    if (entry.encrypted) {
      refuse('ENTRY_ENCRYPTED', 'It is encrypted. Unpack the zip and drop the folder.');
    } else if (entry.symlink) {
      refuse('ENTRY_UNREADABLE', 'It is a link to another file. Pack that file instead.');
    } else {
      const at = place;
      candidates.push({
        path,
        size: entry.uncompressedSize,
        open: async () => unpack(await cursor.entryAt(at), maxBytes),
      });
    }
    onFound(candidates.length);
  }
  return { candidates, refusals, bundle };
}

/** The library is large: it is loaded when there is a zip. */
async function zipLibrary() {
  const zip = await import('@zip.js/zip.js');
  // In this thread, with the browser's own inflater: nothing of it comes from elsewhere.
  zip.configure({ useWebWorkers: false, useCompressionStream: true });
  return zip;
}

/**
 * Entries by their place, which are asked for mostly in order. To keep them all would take a
 * gigabyte where a zip holds half a million.
 */
class EntryCursor {
  private entries: AsyncGenerator<Entry, boolean> | null = null;
  private at = -1;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly openReader: () => ZipReader<Blob>) {}

  entryAt(place: number): Promise<FileEntry> {
    const found = this.turn.then(() => this.advanceTo(place));
    this.turn = found.catch(() => undefined);
    return found;
  }

  private async advanceTo(place: number): Promise<FileEntry> {
    if (!this.entries || place <= this.at) {
      this.entries = this.openReader().getEntriesGenerator();
      this.at = -1;
    }
    for (;;) {
      const next = await this.entries.next();
      this.at += 1;
      if (next.done) throw new Error('The zip has changed.');
      if (this.at === place && !next.value.directory) return next.value;
    }
  }
}

/** The bytes of one file, at most as many as are allowed, whatever the zip says of its size. */
async function unpack(entry: FileEntry, maxBytes: number): Promise<Blob> {
  const chunks: BlobPart[] = [];
  let bytes = 0;
  const sink = new WritableStream<BlobPart & Uint8Array>({
    write: (chunk) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new Error('It unpacks to more bytes than are taken.');
      chunks.push(chunk.slice());
    },
  });
  await entry.getData(sink, { checkSignature: true, strictness: 'balanced' });
  return new Blob(chunks);
}

/** What a manifest says of its dataset; null where it is some other manifest. */
export function bundleOf(text: string): BundleManifest | null {
  if (!text.includes('lookalike-bundle')) return null;
  try {
    const manifest = JSON.parse(text) as Record<string, unknown>;
    const dataset = (manifest['dataset'] ?? manifest) as Record<string, unknown>;
    return { name: textOf(dataset['name']), title: textOf(dataset['title']) };
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
