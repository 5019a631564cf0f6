import { cp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SPLITS } from '../../server/domain/dataset.js';
import { removeDirectory, temporaryDirectory } from '../integration/data-directory.js';
import { ask, upload } from '../integration/graphql-request.js';
import { failToStart, startServer, type RunningServer } from '../integration/running-server.js';
import { Dice, until } from './dice.js';
import {
  damageBlob,
  damageFile,
  DAMAGES,
  endOwnConnections,
  isLarge,
  valueIn,
} from './file-damage.js';
import { sha256 } from './ledger-client.js';
import { listedImages, neighboursOf } from './listing.js';
import { wavyPicture } from './pictures.js';
import { childrenOf, killNow } from './processes.js';
import { endOfRun, expectSameFindings, findings, runFacts, startRun } from './runs.js';
import { casesOf, SEED } from './settings.js';
import { World } from './world.js';

/** What may be said of a picture whose file is damaged. */
const IN_WORDS = /^(BLOB_CORRUPT|BLOB_MISSING): .*Restore it from a backup\.$/s;
const UPLOAD_SEARCH = `query ($datasetId: ID!, $file: Upload!) {
  similarImagesToUpload(datasetId: $datasetId, file: $file, k: 3) { neighbours { image { id } } } }`;

describe('files that are damaged while no server runs', () => {
  const dice = new Dice(SEED);
  let folder: string;
  let world: World;

  beforeAll(async () => {
    folder = await temporaryDirectory();
    world = await World.create(join(folder, 'data'), {}, dice);
  });

  afterEach(async () => {
    // A test that fails before its server is there again is not to fail the others.
    await world.server.fetch('/healthz').catch(() => world.restart());
  });

  afterAll(async () => {
    await world.server.stop('SIGKILL');
    await removeDirectory(folder);
  });

  /** Once each is asked for, a damaged index is told of and rebuilt: also those that no baseline is searched in. */
  async function untilSearchable(server: RunningServer): Promise<void> {
    const [image] = world.ledger.images.values();
    if (!image) return;
    for (const split of SPLITS) {
      await until(`the ${split} index is searched`, async () => {
        try {
          await neighboursOf(server, image.id, { k: 1, split });
          return true;
        } catch (thrown) {
          expect(String(thrown)).toMatch(/INDEX_CORRUPT|IMAGE_NOT_EMBEDDED/);
          return false;
        }
      });
    }
  }

  /** Those of the models, once they are searched again. */
  async function expectSearch(server: RunningServer = world.server): Promise<void> {
    for (const { modelId, found } of world.baselines) {
      await until('the index is rebuilt', async () => {
        try {
          expectSameFindings(await findings(server, world.queries, modelId), found);
          return true;
        } catch (thrown) {
          expect(String(thrown)).toContain('INDEX_CORRUPT');
          return false;
        }
      });
    }
  }

  /** An image whose bytes are a file of their own, or lie in the pack of small ones. */
  async function imageThatIs(large: boolean) {
    for (;;) {
      const found = [...world.ledger.images.values()].find(
        (image) => isLarge(world.directory, image.sha256) === large,
      );
      if (found) return found;
      await world.client(dice).upload(5);
    }
  }

  it.each(casesOf(DAMAGES, 1))(
    'indexes that are %s are rebuilt, to the same answers',
    async (damage) => {
      expect(await world.server.stop()).toBe(0);
      const indexes = await readdir(join(world.directory, 'indexes'));
      expect(indexes.length).toBeGreaterThan(3);
      // Graph, manifest and lists of different indexes: each damage alone is to be seen.
      for (const [at, id] of indexes.entries()) {
        const files = await readdir(join(world.directory, 'indexes', id));
        const file = files[at % files.length];
        if (file) await damageFile(join(world.directory, 'indexes', id, file), damage);
      }
      await world.restart();
      await expectSearch();
      await untilSearchable(world.server);
      await world.check(dice);
    },
  );

  it.each(DAMAGES)('a picture whose file is %s is told of, and no other', async (damage) => {
    for (const large of [true, false]) {
      const { id, sha256: blobId } = await imageThatIs(large);
      const mend = await damageBlob(world.directory, blobId, damage);
      const answer = await world.server.fetch(`/originals/${id}`);
      expect([answer.status, (await answer.text()).trim()]).toEqual([
        500,
        expect.stringMatching(IN_WORDS),
      ]);
      await expectSearch();
      await mend();
    }
    await world.check(dice);
  });

  it.each(casesOf(DAMAGES, 2))(
    'weights that are %s are told of; what needs them not goes on',
    async (damage) => {
      expect(await world.server.stop()).toBe(0);
      const weights = valueIn(
        world.directory,
        `select weights_blob_id from model join dataset on dataset.active_model_id = model.id
         where dataset.id = ?`,
        Number(world.ledger.datasetId),
      );
      const mend = await damageBlob(world.directory, weights, damage);
      await world.restart();
      await expectSearch();
      const variables = { datasetId: world.ledger.datasetId };
      const picture = await wavyPicture(dice, 1);
      const { errors } = await upload(world.server, UPLOAD_SEARCH, variables, picture);
      expect(errors?.[0]?.extensions?.code).toMatch(/^BLOB_(CORRUPT|MISSING)$/);
      await world.client(dice).upload(2);
      await mend();
      // What came in meanwhile is embedded when there are weights again.
      await world.check(dice);
    },
  );

  it.each(casesOf(DAMAGES))('a checkpoint that is %s fails its run in words', async (damage) => {
    const recipe = { architecture: 'conv-autoencoder', hyperparameters: { epochs: 900 } };
    const id = await startRun(world.server, world.trainedDatasetId, recipe);
    await until('an epoch', async () => (await runFacts(world.server, id)).epochsDone > 0);
    await ask(world.server, `mutation { cancelTraining(runId: ${id}) { id } }`);
    expect((await endOfRun(world.server, id)).status).toBe('CANCELLED');
    const query = 'select blob_id from checkpoint where run_id = ?';
    await damageBlob(world.directory, valueIn(world.directory, query, Number(id)), damage);
    await ask(world.server, `mutation { resumeTraining(runId: ${id}) { id } }`);
    const { status, failure } = await endOfRun(world.server, id);
    expect([status, failure?.code]).toEqual(['FAILED', 'CHECKPOINT_CORRUPT']);
    await expectSearch();
    await ask(world.server, `mutation { deleteTrainingRun(runId: ${id}) }`);
  });

  describe('databases', () => {
    const files = ['metadata.sqlite', 'metadata.sqlite-wal', 'blobs/small.sqlite-wal'];
    const cases = [...files, 'blobs/small.sqlite'].flatMap((file, at) =>
      casesOf(DAMAGES, at).map((damage) => [file, damage] as const),
    );
    let killed: string;

    /** As a kill leaves it: what was written last stands in the logs of the databases. */
    beforeAll(async () => {
      await world.client(dice).upload(10);
      await world.client(dice).relabel(5);
      await endOwnConnections();
      // A child that outlived the server would clear the logs away when it ends, so would one that it starts
      // in the place of another: it must not run meanwhile.
      process.kill(world.server.pid, 'SIGSTOP');
      for (const { pid } of childrenOf(world.server.pid)) killNow(pid);
      await world.server.stop('SIGKILL');
      killed = join(folder, 'killed');
      await cp(world.directory, killed, { recursive: true });
      await world.restart();
    });

    it.each(cases)(
      '%s that is %s: an error in words, or nothing but the truth',
      async (file, damage) => {
        const directory = join(folder, 'damaged');
        await removeDirectory(directory);
        await cp(killed, directory, { recursive: true });
        await damageFile(join(directory, file), damage);
        const { code, output } = await failToStart(directory);
        if (code !== 0) {
          expect([code, output]).toEqual([1, expect.stringContaining('DATA_DIRECTORY_UNUSABLE')]);
          expect(output).not.toContain('    at ');
          return;
        }
        const server = await startServer(directory);
        try {
          await expectNothingWrong(server);
        } finally {
          await server.stop('SIGKILL');
        }
      },
    );

    it('a lock that is no database is told of', async () => {
      const directory = join(folder, 'damaged');
      await removeDirectory(directory);
      await cp(killed, directory, { recursive: true });
      await writeFile(join(directory, 'lock.sqlite'), 'x'.repeat(5000));
      const { code, output } = await failToStart(directory);
      expect([code, output]).toEqual([1, expect.stringContaining('DATA_DIRECTORY_UNUSABLE')]);
    });

    /** Whatever is listed has its exact bytes, or is said to be damaged; what is found is right. */
    async function expectNothingWrong(server: RunningServer): Promise<void> {
      const known = new Map([...world.ledger.images.values()].map((image) => [image.id, image]));
      let images;
      try {
        ({ images } = await listedImages(server, world.ledger.datasetId));
      } catch (thrown) {
        expect(String(thrown)).toMatch(/INTERNAL|DATASET_NOT_FOUND/);
        return;
      }
      for (const { id, name, sha256: bytes } of images) {
        expect([name, bytes]).toEqual([known.get(id)?.name, known.get(id)?.sha256]);
        const answer = await server.fetch(`/originals/${id}`);
        const body = new Uint8Array(await answer.arrayBuffer());
        if (answer.status === 200) expect(sha256(body)).toBe(bytes);
        else expect(Buffer.from(body).toString().trim()).toMatch(IN_WORDS);
      }
      // A log that is cut off takes the models away that it told of, whole.
      const { models } = await ask<{ models: { id: string }[] }>(server, '{ models { id } }');
      const ids = new Set(models.map(({ id }) => id));
      if (world.baselines.every(({ modelId }) => ids.has(modelId))) await expectSearch(server);
    }
  });
});
