import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished, vi } from 'vitest';
import { FileSystemBlobs } from '../../../server/adapters/blobs/file-system/blobs.js';
import { SqliteAccessKeys } from '../../../server/adapters/metadata/sqlite/access-keys.js';
import { SqliteAuditLog } from '../../../server/adapters/metadata/sqlite/audit-log.js';
import { migrate, openDatabase } from '../../../server/adapters/metadata/sqlite/database.js';
import { SqliteDatasets } from '../../../server/adapters/metadata/sqlite/datasets.js';
import { SqliteDoomedBlobs } from '../../../server/adapters/metadata/sqlite/doomed-blobs.js';
import { SqliteEmbeddingMaps } from '../../../server/adapters/metadata/sqlite/embedding-maps.js';
import { SqliteEmbeddings } from '../../../server/adapters/metadata/sqlite/embeddings.js';
import { SqliteImages } from '../../../server/adapters/metadata/sqlite/images.js';
import { SqliteModelActivations } from '../../../server/adapters/metadata/sqlite/model-activations.js';
import { SqliteMapQueue } from '../../../server/adapters/metadata/sqlite/map-queue.js';
import { SqliteModels } from '../../../server/adapters/metadata/sqlite/models.js';
import { SqliteSweeps } from '../../../server/adapters/metadata/sqlite/sweeps.js';
import { SqliteSessions } from '../../../server/adapters/metadata/sqlite/sessions.js';
import { SqliteTrainingQueue } from '../../../server/adapters/metadata/sqlite/training-queue.js';
import { SqliteTrainingRuns } from '../../../server/adapters/metadata/sqlite/training-runs.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { inputOf } from '../ml/pictures.js';
import { untaughtModel } from '../services/trained-network.js';
import { noise } from './picture-files.js';

const BUILT = resolve('build/server/embedder.js');

/** The embedding process as it is built, with a flaw: some pictures kill it, some make it hang. */
const FLAWED = `
import { appendFileSync } from 'node:fs';
appendFileSync(new URL('pids', import.meta.url), process.pid + '\\n');
const harm = (name) => {
  if (name === process.env.KILLED_BY) process.kill(process.pid, 'SIGKILL');
  while (name === process.env.HUNG_BY);
};
// Only now: a message is kept until somebody listens, and no longer.
await import(${JSON.stringify(pathToFileURL(BUILT).href)});
process.prependListener('message', (calls) => {
  const items = calls.flatMap(({ parameters: [, items] }) => (Array.isArray(items) ? items : []));
  for (const item of items) {
    if (typeof item === 'number') harm('image ' + item);
    if (item instanceof Uint8Array) harm(Buffer.from(item.slice(-4)).toString('latin1'));
  }
});
`;

/** A data directory with a model in it, and an entry for processes that work on it. */
export async function embeddingWorld() {
  if (!existsSync(BUILT)) throw new Error(`${BUILT} is not there: build the server first.`);
  const folder = await temporaryFolder();
  const database = openDatabase(folder);
  onTestFinished(() => database.destroy());
  await migrate(database);
  const blobs = new FileSystemBlobs(join(folder, 'blobs'));
  onTestFinished(() => blobs.close());
  const stores = {
    blobs,
    datasets: new SqliteDatasets(database),
    images: new SqliteImages(database),
    models: new SqliteModels(database),
    activations: new SqliteModelActivations(database),
    embeddings: new SqliteEmbeddings(database),
    accessKeys: new SqliteAccessKeys(database),
    auditLog: new SqliteAuditLog(database),
    sessions: new SqliteSessions(database),
    doomed: new SqliteDoomedBlobs(database),
    runs: new SqliteTrainingRuns(database),
    queue: new SqliteTrainingQueue(database),
    sweeps: new SqliteSweeps(database),
    maps: new SqliteEmbeddingMaps(database),
    mapQueue: new SqliteMapQueue(database),
  };
  const entry = join(folder, 'flawed.mjs');
  await writeFile(entry, FLAWED);
  vi.stubEnv('LOOKALIKE_DATA_DIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return {
    entry,
    stores,
    model: await untaughtModel(stores, inputOf(28, 28, 3)),
    /** Of all processes that were started, in order. */
    pids: async () => (await readFile(join(folder, 'pids'), 'utf8')).trim().split('\n').map(Number),
  };
}

/** A whole JPEG file that ends with these four letters, which belong to no JPEG. */
export async function jpegEndingWith(letters: string, byteLength = 0): Promise<Buffer> {
  const jpeg = await noise(64, 48).jpeg().toBuffer();
  const padding = Buffer.alloc(Math.max(0, byteLength - jpeg.length - letters.length));
  return Buffer.concat([jpeg, padding, Buffer.from(letters)]);
}
