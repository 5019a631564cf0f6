/** What may be imported, before anything of it has been read. */

/** A file whose bytes are read when its turn comes: 50,000 of them take little memory. */
export interface Candidate {
  /** Where it lies in what was chosen: `photos/shoes/red.jpg`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Its bytes. Throws where it is gone, unreadable or damaged. */
  readonly open: () => Promise<Blob>;
}

/** A file that is not taken, and why. */
export interface ImportRefusal {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

export const MAX_FILE_BYTES = 100_000_000;

const PICTURE = /\.(jpe?g|jpe|jfif|png|webp|avif|gif|tiff?|bmp)$/i;
const LABELS = /\.(csv|tsv|jsonl|ndjson)$/i;
const ZIP = /\.zip$/i;
/** What systems leave in folders and archives; nobody misses it. */
const CLUTTER =
  /(^|\/)(\.(?!\.?(\/|$))[^/]+|__MACOSX|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r)(\/|$)/i;

export function isClutter(path: string): boolean {
  return CLUTTER.test(path);
}

export function isLabelsFile(name: string): boolean {
  return LABELS.test(name);
}

export function isZip(name: string): boolean {
  return ZIP.test(name);
}

/**
 * Why a file need not even be sent, or null. Its bytes have the last word, at the server: a name
 * without an ending, or with that of a picture, says nothing certain.
 */
export function refusalOf({ path, size }: Pick<Candidate, 'path' | 'size'>): ImportRefusal | null {
  const refuse = (code: string, message: string) => ({ name: path, code, message });
  const parts = path.split('/');
  if (parts.includes('..')) {
    return refuse('IMAGE_NAME_INVALID', 'Its name leads out of the folder. Rename the file.');
  }
  if (isZip(path)) {
    return refuse(
      'UPLOAD_NOT_AN_IMAGE',
      'It is a zip inside of what was chosen, which is not opened. Drop it by itself.',
    );
  }
  const fileName = parts.at(-1) ?? '';
  if (fileName.includes('.') && !PICTURE.test(fileName)) {
    return refuse(
      'UPLOAD_NOT_AN_IMAGE',
      'Its name is not that of a picture. Pictures are JPEG, PNG, WebP, AVIF, GIF and TIFF files.',
    );
  }
  if (size > MAX_FILE_BYTES) {
    return refuse('UPLOAD_TOO_LARGE', 'It is over 100 MB. Make it smaller.');
  }
  if (size === 0) return refuse('UPLOAD_NOT_AN_IMAGE', 'It is empty.');
  return null;
}

/** A path with forward slashes and without a start: `./a\b.png` is `a/b.png`. */
export function tidyPath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** Files from a file dialog or a drop; those of a folder know their place in it. */
export function candidatesOf(files: Iterable<File>): Candidate[] {
  return Array.from(files, (file) => ({
    path: tidyPath(file.webkitRelativePath || file.name),
    size: file.size,
    open: () => Promise.resolve(file),
  }));
}
