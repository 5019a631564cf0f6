import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { ZipBundles } from '../../server/adapters/bundles/zip/zip-bundles.js';
import { bundlesCases, type BundlesUnderTest } from './bundles.cases.js';
import { temporaryFolder } from './temporary-folder.js';

describe.each([['zip', zip]] as const)('bundles as a %s', (_, open) => {
  bundlesCases(open);
});

async function zip(): Promise<BundlesUnderTest> {
  const folder = await temporaryFolder();
  return {
    bundles: new ZipBundles(folder),
    reopen: () => new ZipBundles(folder),
    files: () => readdir(folder),
    replace: async (file, change) => {
      const path = join(folder, file);
      await writeFile(path, change(await readFile(path)));
    },
  };
}
