/** Pictures chosen in this tab, by the key that stands in the address, so that "back" finds them. */

export interface Upload {
  readonly file: File;
  /** Address of the picture in this tab. */
  readonly url: string;
}

/** What the file chooser offers; the server looks at the bytes. */
export const PICTURE_TYPES =
  'image/jpeg,image/png,image/webp,image/avif,image/gif,image/tiff,.tif,.tiff,.avif';
/** The same in words. */
export const PICTURE_FORMATS = 'JPEG, PNG, WebP, AVIF, GIF or TIFF';

/** As many as one search takes, and some to go back to. */
const KEPT = 60;
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

/** The pictures among files that were chosen, dropped or pasted. */
export function picturesAmong(files: Iterable<File> | null | undefined): File[] {
  // Some systems know no type for the newer formats.
  return [...(files ?? [])].filter(
    ({ type, name }) => type.startsWith('image/') || /\.(tiff?|avif|webp)$/i.test(name),
  );
}
