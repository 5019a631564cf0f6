/** Where pictures are read from: a folder or a zip file. */
export interface PictureSource {
  /** The names of all files, in the order of `files`. */
  readonly names: readonly string[];
  /** One after another; each is read before the next one is asked for, or not at all. */
  files(): AsyncIterable<PictureFile>;
}

export interface PictureFile {
  /** Path within the source, with `/`. */
  readonly name: string;
  /** @throws NotTaken */
  read(): Promise<Uint8Array>;
}

/** A file that cannot even be sent. */
export class NotTaken extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const MAX_FILE_BYTES = 100_000_000;

export function tooLarge(name: string): NotTaken {
  return new NotTaken('UPLOAD_TOO_LARGE', `${name} is over 100 MB. Make it smaller.`);
}

const JUNK = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', '__macosx', 'icon\r']);

/** Whether a path is one that file managers leave behind, or hidden: nobody means to import it. */
export function isJunk(name: string): boolean {
  return name.split('/').some((part) => isHidden(part) || JUNK.has(part.toLowerCase()));
}

function isHidden(part: string): boolean {
  return part.startsWith('.') && part !== '.' && part !== '..';
}
