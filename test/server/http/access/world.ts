import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileSystemBlobs } from '../../../../server/adapters/blobs/file-system/blobs.js';
import { migrate, openDatabase } from '../../../../server/adapters/metadata/sqlite/database.js';
import { SqliteDatasets } from '../../../../server/adapters/metadata/sqlite/datasets.js';
import { SqliteImages } from '../../../../server/adapters/metadata/sqlite/images.js';
import { SqliteSweeps } from '../../../../server/adapters/metadata/sqlite/sweeps.js';
import { SqliteTrainingQueue } from '../../../../server/adapters/metadata/sqlite/training-queue.js';
import { SqliteTrainingRuns } from '../../../../server/adapters/metadata/sqlite/training-runs.js';
import { composeServer, type Server } from '../../../../server/compose.js';
import { readConfig } from '../../../../server/config.js';
import type { Role } from '../../../../server/domain/access.js';
import { serveHttp, type RunningHttp } from '../../../../server/http.js';
import { ADMIN_KEY } from '../../../integration/admin-key.js';
import { INPUT, newImage, newModel } from '../../../contract/metadata/rows.js';

/** Of a dataset, and of one thing of each kind that belongs to it. */
export interface Ids {
  readonly datasetId: string;
  readonly imageId: string;
  readonly modelId: string;
  readonly runId: string;
  readonly sweepId: string;
}

/** What nobody has. */
export const NOTHING: Ids = {
  ...{ datasetId: '999', imageId: '999', modelId: '999', runId: '999', sweepId: '999' },
};

export interface World {
  readonly url: string;
  readonly directory: string;
  readonly server: Server;
  readonly mine: Ids;
  readonly others: Ids;
  /** The secret of a key of this role: for every dataset, or for `mine` alone. */
  keyOf(role: Role, isScoped?: boolean): Promise<string>;
  close(): Promise<void>;
}

/** The whole server in this process, with two datasets; no child process of it is started. */
export async function openWorld(
  environment: Readonly<Record<string, string>> = {},
): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), 'lookalike-access-'));
  const [mine, others] = await fill(directory);
  const config = readConfig({
    LOOKALIKE_DATA_DIR: directory,
    LOOKALIKE_FASHION_MNIST_DIR: join(directory, 'none'),
    LOOKALIKE_ADMIN_KEY: ADMIN_KEY,
    LOOKALIKE_FIRST_START: 'empty',
    PORT: '0',
    ...environment,
  });
  const server = await composeServer(config);
  const http: RunningHttp = await serveHttp(
    ...([server.services, server.log, config, server] as const),
  );
  const keys = new Map<string, Promise<string>>();
  return {
    directory,
    url: `http://127.0.0.1:${http.port}`,
    server,
    mine,
    others,
    keyOf: (role, isScoped = false) => {
      const name = `${role} of ${isScoped ? 'mine' : 'all'}`;
      const datasetIds = isScoped ? [Number(mine.datasetId)] : null;
      const wanted = { name, role, datasetIds, expiresAt: null };
      const made =
        keys.get(name) ?? server.services.access.create(wanted).then(({ secret }) => secret);
      keys.set(name, made);
      return made;
    },
    close: async () => {
      await http.close();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function fill(directory: string): Promise<[Ids, Ids]> {
  const database = openDatabase(directory);
  const blobs = new FileSystemBlobs(join(directory, 'blobs'));
  try {
    await migrate(database);
    const blobId = await blobs.put(new Uint8Array(784));
    const datasets = new SqliteDatasets(database);
    const images = new SqliteImages(database);
    const ids: Ids[] = [];
    for (const name of ['mine', 'others']) {
      const dataset = await datasets.create(name, name);
      if (!dataset) throw new Error(`There is no room for ${name}.`);
      const rows = [1, 2].map((at) => newImage(dataset.id, `${name}/${at}`, { blobId }));
      await images.insertMany(rows);
      const [imageId = 0] = await images.ids(dataset.id, {});
      const runs = new SqliteTrainingRuns(database);
      await runs.create(dataset.id, 'conv-autoencoder', { epochs: 1, seed: 1 }, null);
      const queue = new SqliteTrainingQueue(database);
      const claim = await queue.claim(3);
      if (!claim) throw new Error('No run waits.');
      await queue.succeed(claim.lease, newModel(claim.run.id, dataset.id));
      const modelId = String(claim.run.id);
      const sweep = await new SqliteSweeps(database).create(
        {
          ...{ datasetId: dataset.id, architecture: 'conv-autoencoder', hyperparameters: {} },
          ...{ dials: [], input: INPUT, budgetSeconds: 60, seed: 1 },
        },
        [],
      );
      const sweepId = String(sweep.id);
      const things = { imageId: String(imageId), modelId, runId: modelId, sweepId };
      ids.push({ datasetId: String(dataset.id), ...things });
    }
    const [mine, others] = ids;
    if (!mine || !others) throw new Error('There are no two datasets.');
    return [mine, others];
  } finally {
    await database.destroy();
    await blobs.close();
  }
}
