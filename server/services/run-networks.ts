import { LookalikeError, reasonOf } from '../domain/errors.js';
import type { InputSpec } from '../domain/model.js';
import type { Checkpoint, TrainingRun } from '../domain/training-run.js';
import type { Blobs } from '../ports/blobs.js';
import type { NetworkRecipe, Networks, TrainableNetwork } from '../ports/networks.js';
import type { TrainingRuns } from '../ports/training-runs.js';

/** Makes the networks of training runs, from nothing or from their checkpoints. */
export class RunNetworks {
  constructor(
    private readonly networks: () => Promise<Networks>,
    private readonly runs: TrainingRuns,
    private readonly blobs: Blobs,
  ) {}

  /**
   * A new network, or the one of the run's checkpoint.
   * @throws LookalikeError CHECKPOINT_CORRUPT
   */
  async latest(run: TrainingRun, input: InputSpec): Promise<TrainableNetwork> {
    const checkpoint = await this.runs.checkpoint(run.id);
    if (checkpoint) return this.resumed(run, input, checkpoint);
    return (await this.networks()).create(recipeOf(run, input));
  }

  /**
   * The network of the best epoch; null where that is the given epoch, or none was kept.
   * @throws LookalikeError CHECKPOINT_CORRUPT
   */
  async best(
    run: TrainingRun,
    input: InputSpec,
    lastEpoch: number,
  ): Promise<TrainableNetwork | null> {
    const checkpoint = await this.runs.bestCheckpoint(run.id);
    if (!checkpoint || checkpoint.epoch === lastEpoch) return null;
    return this.resumed(run, input, checkpoint);
  }

  private async resumed(
    run: TrainingRun,
    input: InputSpec,
    checkpoint: Checkpoint,
  ): Promise<TrainableNetwork> {
    const networks = await this.networks();
    return networks.resume(recipeOf(run, input), await this.bytesOf(checkpoint));
  }

  private async bytesOf({ blobId }: Checkpoint): Promise<Uint8Array> {
    try {
      return await this.blobs.get(blobId);
    } catch (thrown) {
      throw new LookalikeError(
        'CHECKPOINT_CORRUPT',
        `The checkpoint cannot be read: ${reasonOf(thrown)} Start a new run.`,
        { cause: thrown },
      );
    }
  }
}

function recipeOf({ architecture, hyperparameters }: TrainingRun, input: InputSpec): NetworkRecipe {
  return { architecture, hyperparameters, input };
}
