import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerificationReport } from '../../server/domain/verification.js';
import { add, similarTo } from './added-pictures.js';
import { runCommand, startCommand } from './command-line.js';
import { removeDirectory } from './data-directory.js';
import { ask } from './graphql-request.js';
import { colouredPicture, noisyPicture } from './picture-folder.js';
import { startServer, type RunningServer } from './running-server.js';
import { waitForStatus } from './training.js';

type Report = VerificationReport & { readonly isClean: boolean };

const TRAIN = `mutation ($datasetId: ID!) { startTraining(input: { datasetId: $datasetId,
  architecture: "conv-autoencoder",
  hyperparameters: [{ name: "epochs", value: 1 }, { name: "batchSize", value: 20 }] }) { id } }`;

describe('what is kept', () => {
  let directory: string;
  let server: RunningServer;
  let datasetId: string;
  let ids: string[];
  let modelId: string;
  /** The large pictures: files of their own, with thumbnails. */
  let large: string[];

  const tables = (work: (database: Libsql.Database) => void, file = 'metadata.sqlite') => {
    const database = new Libsql(join(directory, file));
    work(database);
    database.close();
  };
  const text = (select: string): string => {
    let found = '';
    tables((database) => {
      found = (database.prepare(select).raw().get() as [string])[0];
    });
    return found;
  };
  const blobPath = (id: string) => join(directory, 'blobs', id.slice(0, 2), id);
  const dropBlob = async (id: string) => {
    await rm(blobPath(id), { force: true });
    tables((pack) => pack.exec(`delete from small_blob where id = '${id}'`), 'blobs/small.sqlite');
  };
  const verify = async (...options: string[]) => {
    const ended = await runCommand('verify', '--json', '--data', directory, ...options);
    const report = ended.stdout === '' ? null : (JSON.parse(ended.stdout) as Report);
    const kinds = [...new Set(report?.faults.map(({ kind }) => kind))].sort();
    return { ...ended, report, kinds };
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lookalike-'));
    server = await startServer(directory);
    const { createDataset } = await ask<{ createDataset: { id: string } }>(
      server,
      'mutation { createDataset(name: "colours", title: "Colours") { id } }',
    );
    datasetId = createDataset.id;
    const small = await Promise.all(
      Array.from({ length: 60 }, async (_, at) => ({
        ...{ name: `${at}.png`, bytes: await colouredPicture(at), label: `l${at % 3}` },
      })),
    );
    const others = await Promise.all(
      [1, 2, 3].map(async (at) => ({
        ...{ name: `large ${at}.png`, bytes: await noisyPicture(at), label: 'large' },
      })),
    );
    const added = await add(server, datasetId, [...small, ...others]);
    ids = added.flatMap(({ image }) => image?.id ?? []);
    large = ids.slice(60);
    const { startTraining } = await ask<{ startTraining: { id: string } }>(server, TRAIN, {
      datasetId,
    });
    modelId = startTraining.id;
    await waitForStatus(server, modelId, 'SUCCEEDED');
  });

  afterAll(async () => {
    await server.stop();
    await removeDirectory(directory);
  });

  it('is backed up while pictures come and go, and a restored server answers the same', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lookalike-backup-'));
    try {
      const [before] = await add(server, datasetId, [
        { name: 'before.png', bytes: await colouredPicture(7, 50), split: 'TRAIN' },
      ]);
      const file = join(folder, 'all.backup');
      const backup = startCommand(['backup', file, '--data', directory]);
      const ended = new AbortController();
      void backup.ended.then(() => ended.abort());
      let came = 0;
      for (; !ended.signal.aborted; came += 1) {
        const name = `while ${came}.png`;
        const bytes = await colouredPicture(100 + came, 60);
        const [added] = await add(server, datasetId, [{ name, bytes }]);
        if (came % 2 === 0) {
          await ask(server, `mutation { deleteImages(ids: ["${added?.image?.id}"]) }`);
        }
      }
      expect(await backup.ended).toMatchObject({ code: 0 });
      expect(came).toBeGreaterThan(0);
      // A name that is taken is refused.
      expect((await runCommand('backup', file, '--data', directory)).code).toBe(1);

      const restored = join(folder, 'data');
      expect(await runCommand('restore', file, '--data', restored)).toMatchObject({ code: 0 });
      // A picture on its way in was a row already, and not embedded or counted yet.
      const { stdout } = await runCommand('verify', '--json', '--data', restored);
      const onTheWay = ['COUNT_WRONG', 'EMBEDDINGS_MISSING'];
      const { faults } = JSON.parse(stdout) as Report;
      expect(faults.filter(({ kind }) => !onTheWay.includes(kind))).toEqual([]);
      const copy = await startServer(restored);
      try {
        const found = await similarTo(copy, before?.image?.id ?? '');
        expect(found).toEqual(expect.arrayContaining(ids.slice(0, 2)));
        for (const id of ids) {
          const original = async (of: RunningServer) =>
            Buffer.from(await (await of.fetch(`/originals/${id}`)).arrayBuffer());
          expect((await original(copy)).equals(await original(server))).toBe(true);
        }
        // The pictures that came meanwhile may be in it; without them both answer alike.
        const known = new Set([...ids, before?.image?.id]);
        for (const id of [ids[0] ?? '', ids[30] ?? '']) {
          const answers = await Promise.all([similarTo(copy, id), similarTo(server, id)]);
          const [there, here] = answers.map((each) => each.filter((one) => known.has(one)));
          expect(there).toEqual(here);
        }
      } finally {
        await copy.stop();
      }
    } finally {
      await removeDirectory(folder);
    }
  });

  it('is verified beside a running server, and repaired only without one', async () => {
    const { code, report } = await verify();
    expect(report).toMatchObject({ isAlone: false, isClean: true, faults: [] });
    expect(code).toBe(0);
    const repair = await verify('--repair');
    expect(repair).toMatchObject({ code: 2, report: null });
    expect(repair.stderr).toContain('Another Lookalike process uses');
  });

  it('is repaired where one thing is made of another: every kind of damage has its name', async () => {
    const before = await similarTo(server, ids[0] ?? '');
    await server.stop();
    const whole = await verify();
    expect(whole).toMatchObject({ code: 0, report: { isAlone: true, faults: [] } });
    expect(whole.report?.verified.images).toBeGreaterThanOrEqual(63);

    const [first] = await readdir(join(directory, 'indexes'));
    await truncate(join(directory, 'indexes', first ?? '', 'graph.hnsw'), 500);
    await mkdir(join(directory, 'indexes', 'nobodys'));
    const thumbnail = text(`select thumbnail_blob_id from image where id = ${large[0]}`);
    await dropBlob(thumbnail);
    const redrawn = text('select blob_id from epoch_reconstruction limit 1');
    await dropBlob(redrawn);
    const stray = 'ab'.repeat(32);
    await mkdir(join(directory, 'blobs', 'ab'), { recursive: true });
    await writeFile(blobPath(stray), 'nobody’s');
    await writeFile(`${blobPath(stray)}.1.tmp`, 'half');
    tables((database) => {
      const of = (id: string | undefined) => `model_id = ${modelId} and image_id = ${id}`;
      database.exec(`update embedding set vector = x'00' where ${of(ids[5])}`);
      database.exec(`delete from embedding where ${of(ids[6])}`);
      database.exec(`insert into embedding values (999, ${ids[7]}, x'00000000', null)`);
      database.exec('update dataset set active_model_id = 999, imported_count = 1');
    });

    const damaged = await verify();
    expect(damaged.code, damaged.stderr).toBe(1);
    const kinds = [
      ...['ACTIVE_MODEL_LOST', 'BLOBS_ORPHANED', 'COUNT_WRONG', 'EMBEDDINGS_ORPHANED'],
      ...['EMBEDDING_INVALID', 'INDEXES_ORPHANED', 'INDEX_LOST', 'REDRAWN_LOST'],
      ...['THUMBNAIL_LOST', 'WRITES_UNFINISHED'],
    ];
    expect(damaged.kinds).toEqual(kinds);
    expect(damaged.report?.faults.every(({ isRepaired }) => !isRepaired)).toBe(true);

    const repaired = await verify('--repair');
    // With the active model back, it is seen what is not embedded under it.
    expect(repaired.kinds).toEqual([...kinds, 'EMBEDDINGS_MISSING'].sort());
    expect(repaired).toMatchObject({ code: 0, report: { isClean: true } });
    expect(await verify()).toMatchObject({ code: 0, report: { faults: [] } });

    const numbers = () => {
      const hex = text(`select hex(vector) from embedding where image_id = ${ids[2]}`);
      return Array.from(new Float32Array(Uint8Array.from(Buffer.from(hex, 'hex')).buffer));
    };
    const own = numbers();
    tables((database) => {
      const vector = `(select vector from embedding where image_id = ${ids[1]})`;
      database.exec(`update embedding set vector = ${vector} where image_id = ${ids[2]}`);
    });
    const stale = await verify('--repair');
    expect(stale).toMatchObject({ code: 0, kinds: ['INDEX_STALE'] });
    // The index was right, and the table was not.
    numbers().forEach((number, at) => expect(number).toBeCloseTo(own[at] ?? NaN, 4));
    expect(await verify()).toMatchObject({ code: 0, report: { faults: [] } });

    server = await startServer(directory);
    const after = await similarTo(server, ids[0] ?? '');
    // Without those whose embeddings were made anew, or changed.
    const untouched = (id: string) => ids.indexOf(id) > 6 && ids.indexOf(id) < 60;
    expect(after.filter(untouched)).toEqual(before.filter(untouched));
    expect([...after].sort()).toEqual([...before].sort());
    const thumbnails = await server.fetch(`/thumbnails/${large[0]}`);
    expect(thumbnails.status).toBe(200);
  });

  it('is told by name where only a backup helps', async () => {
    await server.stop();
    const originalOf = (id: string | undefined) =>
      text(`select blob_id from image where id = ${id}`);
    await dropBlob(originalOf(ids[10]));
    await writeFile(blobPath(originalOf(large[1])), 'another file');
    const weights = text(`select weights_blob_id from model where id = ${modelId}`);
    await dropBlob(weights);
    tables((database) => database.exec(`update checkpoint set blob_id = '${'cd'.repeat(32)}'`));

    const { code, report, kinds } = await verify('--repair');
    expect(code).toBe(1);
    // The file of the checkpoint belongs to nothing any more.
    const repaired = report?.faults.filter(({ isRepaired }) => isRepaired);
    expect(repaired?.every(({ kind }) => kind === 'BLOBS_ORPHANED')).toBe(true);
    expect(kinds.filter((kind) => kind !== 'BLOBS_ORPHANED')).toEqual([
      ...['CHECKPOINT_LOST', 'ORIGINAL_LOST', 'WEIGHTS_LOST'],
    ]);
    const words = report?.faults.map(({ what }) => what).join('\n');
    expect(words).toContain(`image ${ids[10]} (10.png of dataset colours) is missing`);
    expect(words).toContain(`image ${large[1]} (large 2.png of dataset colours) is damaged`);
    const { stdout } = await runCommand('verify', '--data', directory);
    expect(stdout).toContain('DAMAGE  ORIGINAL_LOST: the original of image');

    await writeFile(join(directory, 'metadata.sqlite'), 'no tables at all, but for some words');
    expect(await verify()).toMatchObject({ code: 1, kinds: ['TABLES_DAMAGED'] });
  });
});
