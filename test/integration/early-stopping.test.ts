import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfImportedData, removeDirectory } from './data-directory.js';
import { ask } from './graphql-request.js';
import { startServer, type RunningServer } from './running-server.js';
import { startTraining, trainerPid, waitFor, waitForStatus } from './training.js';

const DIALS = {
  ...{ epochs: 40, trainingImages: 4000, batchSize: 50, learningRate: 0.02 },
  ...{ validationShare: 0.1, patience: 3 },
};

interface Validation {
  readonly measure: string;
  readonly value: number;
  readonly queryCount: number;
  readonly baseCount: number;
  readonly seenInTraining: boolean;
}

interface Outcome {
  readonly epochsDone: number;
  readonly epochCount: number;
  readonly bestEpoch: number;
  readonly stoppedEarly: boolean;
  readonly log: readonly { message: string }[];
  readonly epochs: readonly {
    readonly epoch: number;
    readonly loss: number;
    readonly validation: Validation;
    readonly neighbours: readonly {
      readonly image: { readonly id: string; readonly label: string; readonly split: string };
      readonly neighbours: readonly { readonly id: string; readonly split: string }[];
    }[];
  }[];
}

describe('a run with patience', () => {
  let directory: string;
  let server: RunningServer;
  let undisturbed: Outcome;

  async function outcome(run: string): Promise<Outcome> {
    const { trainingRun } = await ask<{ trainingRun: Outcome }>(
      server,
      `query ($id: ID!) { trainingRun(id: $id) {
        epochsDone epochCount bestEpoch stoppedEarly log { message }
        epochs {
          epoch loss
          validation { measure value queryCount baseCount seenInTraining }
          neighbours { image { id label split } neighbours { id split } }
        }
      } }`,
      { id: run },
    );
    return trainingRun;
  }

  async function answer(model: string): Promise<unknown> {
    return ask(
      server,
      `query ($id: ID!) { similarImages(imageId: 6001, modelId: $id) {
        neighbours { distance image { id } }
      } }`,
      { id: model },
    );
  }

  beforeAll(async () => {
    directory = await copyOfImportedData('smallImportedData');
    server = await startServer(directory);
    const run = await startTraining(server, DIALS);
    await waitForStatus(server, run, 'SUCCEEDED');
    undisturbed = await outcome(run);
  });

  afterAll(async () => {
    await server.stop();
    await removeDirectory(directory);
  });

  it('stops before its last epoch, and tells when and which was the best', () => {
    const { epochsDone, epochCount, bestEpoch, stoppedEarly, log } = undisturbed;
    expect(stoppedEarly).toBe(true);
    expect(epochCount).toBe(DIALS.epochs);
    expect(epochsDone).toBe(bestEpoch + DIALS.patience);
    expect(epochsDone).toBeLessThan(DIALS.epochs);
    const told = log.map(({ message }) => message).join('\n');
    expect(told).toContain(
      `stopped early after epoch ${epochsDone}: none since epoch ${bestEpoch}`,
    );
    expect(told).toContain(`the model is that of epoch ${bestEpoch}`);
  });

  it('was validated after every epoch on TRAIN images that it did not learn from', () => {
    for (const { validation } of undisturbed.epochs) {
      expect(validation).toMatchObject({
        ...{ measure: 'PRECISION_AT_10', queryCount: 400, baseCount: 1200 },
        seenInTraining: false,
      });
    }
    const values = undisturbed.epochs.map(({ validation }) => validation.value);
    expect(values.indexOf(Math.max(...values))).toBe(undisturbed.bestEpoch - 1);
    expect(Math.max(...values)).toBeGreaterThan(0.5);
  });

  it('shows the neighbours of one TRAIN image of each label after every epoch', () => {
    const [first] = undisturbed.epochs;
    const probeIds = first?.neighbours.map(({ image }) => image.id);
    for (const { neighbours } of undisturbed.epochs) {
      expect(neighbours.map(({ image }) => image.id)).toEqual(probeIds);
      expect(new Set(neighbours.map(({ image }) => image.label)).size).toBe(10);
      for (const { image, neighbours: found } of neighbours) {
        expect(found).toHaveLength(8);
        const splits = [image, ...found].map(({ split }) => split);
        expect(new Set(splits)).toEqual(new Set(['TRAIN']));
      }
    }
  });

  it('decides the same when its process is killed after the best epoch', async () => {
    const run = await startTraining(server, DIALS);
    const state = await waitFor(
      server,
      run,
      ({ epochsDone }) => epochsDone > undisturbed.bestEpoch,
    );
    process.kill(trainerPid(state), 'SIGKILL');
    await waitForStatus(server, run, 'SUCCEEDED');
    const killed = await outcome(run);
    expect(killed.log.some(({ message }) => message.startsWith('going on after'))).toBe(true);
    expect({ ...killed, log: [] }).toEqual({ ...undisturbed, log: [] });
    expect(await answer(run)).toEqual(await answer('1'));
  });
});
