import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { watchDataDirectory } from '../../../server/adapters/lock/sqlite/directory-watch.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';

async function watched() {
  const folder = join(await temporaryFolder(), 'data');
  await mkdir(join(folder, 'blobs'), { recursive: true });
  const files = ['lock.sqlite', 'metadata.sqlite', join('blobs', 'small.sqlite')];
  for (const file of files) await writeFile(join(folder, file), '');
  const watch = watchDataDirectory(folder, 5);
  onTestFinished(() => watch.close());
  return { folder, lost: watch.lost };
}

it('tells that the directory was deleted', async () => {
  const { folder, lost } = await watched();
  await rm(folder, { recursive: true });
  expect(await lost).toMatchObject({ code: 'DATA_DIRECTORY_UNUSABLE' });
  // A look may come between two of its files.
  expect((await lost).message).toMatch(/\.sqlite was deleted while the server was running/);
});

it('tells that another file lies where one of the tables did', async () => {
  const { folder, lost } = await watched();
  await writeFile(join(folder, 'other'), '');
  await rename(join(folder, 'other'), join(folder, 'metadata.sqlite'));
  expect((await lost).message).toContain('metadata.sqlite was replaced');
});

it('says nothing of files that are written, nor of others that come', async () => {
  const { folder, lost } = await watched();
  for (let round = 0; round < 20; round += 1) {
    await writeFile(join(folder, 'metadata.sqlite'), `round ${round}`);
    await writeFile(join(folder, `other ${round}`), '');
  }
  const looked = new Promise<null>((resolve) => setTimeout(() => resolve(null), 100));
  expect(await Promise.race([lost, looked])).toBeNull();
});
