import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { reasonOf } from '../domain/errors.js';
import { UsageError } from './usage-error.js';
import {
  isJunk,
  MAX_FILE_BYTES,
  NotTaken,
  tooLarge,
  type PictureFile,
  type PictureSource,
} from './picture-source.js';

/**
 * The files of a zip file. Nothing is unpacked to disk: an entry is a name and bytes, whatever path
 * its name looks like, and no entry is read past the size that a picture may have.
 * @throws UsageError when it is no zip file, or its list of entries is damaged
 */
export async function openZip(path: string): Promise<PictureSource> {
  const names: string[] = [];
  try {
    for await (const { name } of entriesOf(await openLazily(path))) names.push(name);
  } catch (thrown) {
    throw new UsageError(`${path} cannot be read as a zip file (${reasonOf(thrown)}).`);
  }
  return {
    names,
    async *files() {
      const zip = await openLazily(path);
      for await (const { name, entry } of entriesOf(zip)) yield fileOf(zip, name, entry);
    },
  };
}

/** Names as bytes, since yauzl would give up on all of a file for one bad name in it. */
function openLazily(path: string): Promise<ZipFile> {
  return openPromise(path, { decodeStrings: false, validateEntrySizes: false });
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<{ name: string; entry: Entry }> {
  try {
    for await (const entry of zip.eachEntry()) {
      const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
      const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
      if (!name.endsWith('/') && !isJunk(name)) yield { name, entry };
    }
  } finally {
    zip.close();
  }
}

function fileOf(zip: ZipFile, name: string, entry: Entry): PictureFile {
  return {
    name,
    read: async () => {
      if (entry.isEncrypted()) {
        throw new NotTaken('ENTRY_ENCRYPTED', `${name} is encrypted. Unpack it first.`);
      }
      if (!entry.canDecodeFileData()) {
        throw new NotTaken(
          'ENTRY_UNREADABLE',
          `${name} is packed by method ${entry.compressionMethod}, which is not known. Pack it anew.`,
        );
      }
      if (entry.uncompressedSize > MAX_FILE_BYTES) throw tooLarge(name);
      try {
        return await unpack(zip, name, entry);
      } catch (thrown) {
        if (thrown instanceof NotTaken) throw thrown;
        throw new NotTaken('ENTRY_UNREADABLE', `${name} is damaged (${reasonOf(thrown)}).`);
      }
    },
  };
}

async function unpack(zip: ZipFile, name: string, entry: Entry): Promise<Uint8Array> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop ends the stream: what a forged size would unpack to is never made.
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > MAX_FILE_BYTES) throw tooLarge(name);
    chunks.push(chunk);
  }
  if (length !== entry.uncompressedSize) {
    throw new Error(`it should have ${entry.uncompressedSize} bytes and has ${length}`);
  }
  return Buffer.concat(chunks, length);
}
