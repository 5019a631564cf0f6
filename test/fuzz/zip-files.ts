import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';

/** The names and contents of all files in a zip, in order. */
export async function filesInZip(zip: Buffer): Promise<[string, Buffer][]> {
  const opened = await yauzl.fromBufferPromise(zip);
  const files: [string, Buffer][] = [];
  for await (const entry of opened.eachEntry()) {
    files.push([entry.fileName, await buffer(await opened.openReadStreamPromise(entry))]);
  }
  return files;
}
