import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { FileSystemBlobs } from '../../../server/adapters/blobs/file-system/blobs.js';
import { ZipBundles } from '../../../server/adapters/bundles/zip/zip-bundles.js';
import { InProcessEvents } from '../../../server/adapters/events/in-process/events.js';
import { ConsoleLog } from '../../../server/adapters/log/console/log.js';
import { ChildProcessTrainerPool } from '../../../server/adapters/model-runtime/child-process/trainer-pool.js';
import { SharpPictures } from '../../../server/adapters/pictures/sharp/pictures.js';
import { NO_TRACING } from '../../../server/adapters/tracing/none/tracing.js';
import { HnswlibIndexes } from '../../../server/adapters/vector-index/hnswlib/indexes.js';
import { ARCHITECTURES } from '../../../server/domain/architectures/registry.js';
import { SweepService } from '../../../server/services/sweep.service.js';
import type { Log } from '../../../server/ports/log.js';
import { Leftovers } from '../../../server/services/leftovers.js';
import { TrainingProposalService } from '../../../server/services/training-proposal.service.js';
import { TrainingService } from '../../../server/services/training.service.js';
import { WaitingBundles } from '../../../server/services/waiting-bundles.js';
import { WriteQueue } from '../../../server/services/write-queue.js';
import { openSqlite } from '../../contract/metadata/sqlite.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';

export type Stores = Awaited<ReturnType<typeof openStores>>;

/** The parts that a server keeps its data in, on a folder that goes with the test. */
export async function openStores(log: Log = new ConsoleLog('test')) {
  const folder = await temporaryFolder();
  const blobs = new FileSystemBlobs(join(folder, 'blobs'));
  onTestFinished(() => blobs.close());
  const indexFolder = join(folder, 'indexes');
  return {
    ...(await openSqlite()),
    blobs,
    indexFolder,
    indexes: new HnswlibIndexes(indexFolder),
    waiting: new WaitingBundles(new ZipBundles(join(folder, 'incoming'))),
    pictures: new SharpPictures(),
    events: new InProcessEvents(),
    log,
    tracing: NO_TRACING,
  };
}

/** The service with a pool that starts no trainer: the test does the trainer's work. */
export async function trainingServiceOn(stores: Stores): Promise<TrainingService> {
  const { datasets, images, runs, queue, events, log, blobs, doomed, embeddings } = stores;
  const pool = new ChildProcessTrainerPool('', queue, events, log);
  await pool.close();
  const proposals = new TrainingProposalService(datasets, images, ARCHITECTURES);
  const writes = new WriteQueue();
  const leftovers = new Leftovers(doomed, blobs, embeddings, writes);
  return new TrainingService(
    ...([ARCHITECTURES, datasets, images, runs, events, pool, proposals] as const),
    ...([leftovers, writes] as const),
  );
}

/** As `trainingServiceOn`. */
export async function sweepServiceOn(stores: Stores): Promise<SweepService> {
  const { sweeps, runs, queue, events, log } = stores;
  const pool = new ChildProcessTrainerPool('', queue, events, log);
  await pool.close();
  return new SweepService(sweeps, runs, await trainingServiceOn(stores), pool, events);
}
