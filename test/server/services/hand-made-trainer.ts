import type { Lease } from '../../../server/domain/training-run.js';
import { claimed, newModel, queuedRun } from '../../contract/metadata/rows.js';
import { openStores, trainingServiceOn, type Stores } from './stores.js';

/** Does a trainer's work on one run: rows first, then the event. */
class HandMadeTrainer {
  constructor(
    private readonly stores: Stores,
    readonly lease: Lease,
    private readonly datasetId: number,
  ) {}

  async finishEpoch(epoch: number): Promise<void> {
    const rest = { loss: 10 - epoch, seconds: 1, checkpointBlobId: 'c', reconstructions: [] };
    await this.stores.queue.finishEpoch(this.lease, { epoch, ...rest });
    this.announce();
  }

  async succeed(): Promise<void> {
    await this.stores.queue.succeed(this.lease, newModel(this.lease.runId, this.datasetId));
    this.announce();
  }

  announce(): void {
    this.stores.events.publish('trainingRunChanged', { runId: this.lease.runId });
  }
}

/** A run that a trainer works on, and the service to follow it with. */
export async function runningRun() {
  const stores = await openStores();
  const service = await trainingServiceOn(stores);
  await queuedRun(stores);
  const { run, lease } = await claimed(stores);
  const trainer = new HandMadeTrainer(stores, lease, run.datasetId);
  return { stores, service, runId: run.id, trainer };
}
