/** Pictures chosen in this tab, by the key that stands in the address, so that "back" finds them. */

export interface Upload {
  readonly file: File;
  /** Address of the picture in this tab. */
  readonly url: string;
}

const KEPT = 20;
const uploads = new Map<string, Upload>();
let lastKey = 0;

export function keepUpload(file: File): string {
  lastKey += 1;
  const key = String(lastKey);
  uploads.set(key, { file, url: URL.createObjectURL(file) });
  for (const [oldest, { url }] of uploads) {
    if (uploads.size <= KEPT) break;
    URL.revokeObjectURL(url);
    uploads.delete(oldest);
  }
  return key;
}

export function uploadOf(key: string): Upload | null {
  return uploads.get(key) ?? null;
}

/** The first picture among files that were chosen, dropped or pasted. */
export function pictureAmong(files: Iterable<File> | null | undefined): File | null {
  return [...(files ?? [])].find(({ type }) => type.startsWith('image/')) ?? null;
}
