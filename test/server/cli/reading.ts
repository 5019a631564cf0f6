import { NotTaken, type PictureSource } from '../../../server/cli/picture-source.js';

/** What became of each file of a source: how many bytes it has, or why it cannot be sent. */
export async function readAll(source: PictureSource): Promise<Record<string, number | string>> {
  const read: Record<string, number | string> = {};
  for await (const file of source.files()) {
    try {
      read[file.name] = (await file.read()).byteLength;
    } catch (thrown) {
      if (!(thrown instanceof NotTaken)) throw thrown;
      read[file.name] = thrown.code;
    }
  }
  return read;
}
