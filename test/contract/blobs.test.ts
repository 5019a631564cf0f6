import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileSystemBlobs } from '../../server/adapters/blobs/file-system/blobs.js';
import { blobsCases, type BlobsUnderTest } from './blobs.cases.js';
import { temporaryFolder } from './temporary-folder.js';

describe.each([['file-system', fileSystem]] as const)('the blobs in %s', (_, open) => {
  blobsCases(open);
});

it('a file that is there and cannot be read is not told as gone', async () => {
  const folder = await temporaryFolder();
  const blobs = new FileSystemBlobs(folder);
  onTestFinished(() => blobs.close());
  const id = 'ab'.repeat(32);
  await mkdir(join(folder, 'ab', id), { recursive: true });
  await expect(blobs.get(id)).rejects.toMatchObject({ code: 'EISDIR' });
});

async function fileSystem(): Promise<BlobsUnderTest> {
  const folder = await temporaryFolder();
  const opened = () => {
    const blobs = new FileSystemBlobs(folder);
    onTestFinished(() => blobs.close());
    return blobs;
  };
  return {
    blobs: opened(),
    reopen: opened,
    damage: async (id) => {
      if (!damageRow(join(folder, 'small.sqlite'), id)) {
        await damageFile(join(folder, id.slice(0, 2), id));
      }
    },
  };
}

function damageRow(pack: string, id: string): boolean {
  const database = new Libsql(pack);
  const { changes } = database
    .prepare("update small_blob set bytes = cast(bytes || x'00' as blob) where id = ?")
    .run(id);
  database.close();
  return changes === 1;
}

async function damageFile(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
  await writeFile(path, bytes);
}
