import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { createBackup } from '../../../server/adapters/backups/zip/zip-backups.js';
import { FileSystemBlobs } from '../../../server/adapters/blobs/file-system/blobs.js';
import { FileSystemStoredBlobs } from '../../../server/adapters/blobs/file-system/stored-blobs.js';
import { FileSystemDataFiles } from '../../../server/adapters/data-directory/file-system/data-files.js';
import { MIGRATION_NAMES } from '../../../server/adapters/metadata/sqlite/database.js';
import { SqliteSnapshots } from '../../../server/adapters/metadata/sqlite/snapshots.js';
import { restore } from '../../../server/compose-keeping.js';
import type { MetadataSnapshot } from '../../../server/ports/backups.js';
import { Backup } from '../../../server/services/backup.js';
import { newImage } from '../../contract/metadata/rows.js';
import { connect } from '../../contract/metadata/sqlite.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { blobId } from '../adapters/released-schemas/rows.js';
import { directoryOf, ignored } from './data-directory.js';

/** Lets things happen in the very moments that a backup must be right about. */
class EventfulSnapshots extends SqliteSnapshots {
  constructor(
    directory: string,
    aside: string,
    private readonly onListed: () => Promise<void>,
    private readonly onTaken: () => Promise<void>,
  ) {
    super(directory, aside);
  }

  override async *blobIds(): AsyncGenerator<readonly string[]> {
    const listed: (readonly string[])[] = [];
    for await (const ids of super.blobIds()) listed.push(ids);
    await this.onListed();
    yield* listed;
  }

  override async take(): Promise<MetadataSnapshot> {
    const snapshot = await super.take();
    await this.onTaken();
    return snapshot;
  }
}

async function world() {
  const directory = await directoryOf(MIGRATION_NAMES.at(-1) ?? '');
  const aside = await temporaryFolder();
  const { tables } = connect(directory);
  const blobs = new FileSystemBlobs(join(directory, 'blobs'));
  onTestFinished(() => blobs.close());
  const remove = async (id: number) => blobs.deleteMany(await tables.images.deleteMany([id]));
  const add = async (name: string) => {
    const blob = await blobs.put(Buffer.from(name));
    await tables.images.insertMany([newImage(1, name, { blobId: blob })]);
  };
  /** A backup with what happens once the blobs are listed, and once each snapshot is taken. */
  const backUp = async (onListed: () => Promise<void>, onTaken: () => Promise<void>) => {
    const stored = new FileSystemStoredBlobs(join(directory, 'blobs'));
    onTestFinished(() => stored.close());
    const snapshots = new EventfulSnapshots(directory, aside, onListed, onTaken);
    onTestFinished(() => snapshots.close());
    const file = await createBackup(join(aside, 'backup'), false);
    const files = new FileSystemDataFiles(directory);
    return new Backup(snapshots, stored, files, file, ignored).write();
  };
  const restored = async () => {
    const target = await temporaryFolder();
    await restore(join(aside, 'backup'), target, ignored);
    const names = (await connect(target).tables.images.page(1, {}, { limit: 99 })).map(
      ({ name }) => name,
    );
    return { target, names };
  };
  return { directory, blobs, tables, remove, add, backUp, restored };
}

const nothing = () => Promise.resolve();
const once = (work: () => Promise<void>) => {
  let isDone = false;
  return async () => {
    if (isDone) return;
    isDone = true;
    await work();
  };
};

it('what is deleted after it was listed is neither in the backup nor missing from it', async () => {
  const { remove, backUp, restored } = await world();
  expect(await backUp(() => remove(1), nothing)).toMatchObject({ lostBlobs: [] });
  expect((await restored()).names).toEqual(['train/2', 'train/3', 'train/4']);
});

it('what is deleted after the snapshot that refers to it makes another round', async () => {
  const { remove, add, backUp, restored } = await world();
  // Added after the first round: only the rounds behind a snapshot can copy it.
  const report = await backUp(
    () => add('late'),
    once(async () => {
      await remove(5);
      await add('later');
    }),
  );
  expect(report.lostBlobs).toEqual([]);
  expect((await restored()).names).toEqual(['train/1', 'train/2', 'train/3', 'train/4', 'later']);
});

it('what is added while it is written is in it whole', async () => {
  const { add, backUp, restored } = await world();
  await backUp(() => add('late'), nothing);
  const { target, names } = await restored();
  expect(names).toContain('late');
  const blobs = new FileSystemBlobs(join(target, 'blobs'));
  onTestFinished(() => blobs.close());
  const [late] = await connect(target).tables.images.byNames(1, ['late']);
  expect(Buffer.from(await blobs.get(late?.blobId ?? '')).toString()).toBe('late');
});

it('what is gone or damaged where it should lie is told, and all else is in the backup', async () => {
  const { directory, blobs, backUp, restored } = await world();
  await blobs.delete(blobId('picture 2'));
  const large = blobId('weights 1');
  await rm(join(directory, 'blobs', large.slice(0, 2), large));
  const { lostBlobs } = await backUp(nothing, nothing);
  expect([...lostBlobs].sort()).toEqual([blobId('picture 2'), large].sort());
  expect((await restored()).names).toHaveLength(4);
});

it('an index that the disk cannot read is left out, for it is made anew; so the backup is whole', async () => {
  const { directory, backUp, restored } = await world();
  const { mkdir, readdir } = await import('node:fs/promises');
  const database = new Libsql(join(directory, 'metadata.sqlite'));
  const [index] = database.prepare('select id from model_index').all() as { id: string }[];
  const id = '11111111-1111-4111-8111-111111111111';
  database.exec(`update model_index set id = '${id}' where id = '${index?.id}'`);
  database.close();
  // A folder of this name opens as a file does, and fails when it is read.
  await mkdir(join(directory, 'indexes', id, 'graph.hnsw'), { recursive: true });
  expect(await backUp(nothing, nothing)).toMatchObject({ lostBlobs: [] });
  const { target, names } = await restored();
  expect(names).toHaveLength(4);
  expect(await readdir(target)).not.toContain('indexes');
});

it('a bundle that was accepted and is not imported yet is in it', async () => {
  const { directory, backUp, restored } = await world();
  const { mkdir, readFile, writeFile } = await import('node:fs/promises');
  await mkdir(join(directory, 'incoming'));
  await writeFile(join(directory, 'incoming', 'shoes.zip'), 'a bundle');
  await writeFile(join(directory, 'incoming', 'half.part'), 'not accepted');
  await backUp(nothing, nothing);
  const { target } = await restored();
  expect(await readFile(join(target, 'incoming', 'shoes.zip'), 'utf8')).toBe('a bundle');
});
