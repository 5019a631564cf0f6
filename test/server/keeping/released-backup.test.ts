import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileSystemBlobs } from '../../../server/adapters/blobs/file-system/blobs.js';
import { borneBlobsOf } from '../../../server/adapters/metadata/sqlite/borne-blobs.js';
import { migrate, MIGRATION_NAMES } from '../../../server/adapters/metadata/sqlite/database.js';
import { backUp, restore } from '../../../server/compose-keeping.js';
import { connect } from '../../contract/metadata/sqlite.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { checkRelease } from '../adapters/released-schemas/checks.js';
import { directoryOf, ignored } from './data-directory.js';

async function borneIn(directory: string): Promise<string[]> {
  const ids = new Set<string>();
  for await (const batch of borneBlobsOf(directory)) for (const id of batch) ids.add(id);
  return [...ids].sort();
}

describe.each(MIGRATION_NAMES)('a backup of the schema %s', (release) => {
  it('is restored by this version with everything that it held', async () => {
    const old = await directoryOf(release);
    const file = join(await temporaryFolder(), 'old.backup');
    const restored = join(await temporaryFolder(), 'data');
    const report = await backUp(old, file, false, ignored);
    const borne = await borneIn(old);
    expect(report).toMatchObject({ lostBlobs: [], blobCount: borne.length });
    expect(await restore(file, restored, ignored)).toEqual(report);

    expect(await borneIn(restored)).toEqual(borne);
    const { database, tables } = connect(restored);
    await migrate(database);
    await checkRelease(release, tables);
    const blobs = new FileSystemBlobs(join(restored, 'blobs'));
    onTestFinished(() => blobs.close());
    // Each is compared with its checksum.
    expect(await blobs.getMany(borne)).toHaveLength(borne.length);
    expect(await tables.sessions.list()).toEqual([]);
    expect(await readdir(restored)).not.toContain('restoring');
  });
});
