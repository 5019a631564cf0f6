import { join } from 'node:path';
import { FileSystemBlobs } from '../../../server/adapters/blobs/file-system/blobs.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { restoreRelease } from '../adapters/released-schemas/released-database.js';
import { BLOBS } from '../adapters/released-schemas/rows.js';

/** A data directory as a release left it, with the bytes that its rows bear. */
export async function directoryOf(release: string): Promise<string> {
  const directory = await temporaryFolder();
  restoreRelease(release, directory);
  const blobs = new FileSystemBlobs(join(directory, 'blobs'));
  await blobs.putMany([...BLOBS.values()].map(({ bytes }) => bytes));
  await blobs.close();
  return directory;
}

export const ignored = () => undefined;
