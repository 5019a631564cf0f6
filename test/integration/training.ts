import { ask } from './graphql-request.js';
import type { RunningServer } from './running-server.js';

export interface RunState {
  readonly status: string;
  readonly epochsDone: number;
  readonly failure: { code: string; message: string } | null;
  readonly log: readonly { message: string }[];
  readonly epochs: readonly { epoch: number; loss: number }[];
}

/** Starts a run of the tutorial's network on dataset 1. @returns the run's id */
export async function startTraining(
  server: RunningServer,
  hyperparameters: Readonly<Record<string, number>>,
): Promise<string> {
  const { startTraining: run } = await ask<{ startTraining: { id: string } }>(
    server,
    `mutation ($values: [HyperparameterInput!]!) {
      startTraining(input: {
        datasetId: 1, architecture: "conv-autoencoder", hyperparameters: $values
      }) { id }
    }`,
    { values: Object.entries(hyperparameters).map(([name, value]) => ({ name, value })) },
  );
  return run.id;
}

export async function runState(server: RunningServer, runId: string): Promise<RunState> {
  const { trainingRun } = await ask<{ trainingRun: RunState }>(
    server,
    `query ($id: ID!) { trainingRun(id: $id) {
      status epochsDone failure { code message } log { message } epochs { epoch loss }
    } }`,
    { id: runId },
  );
  return trainingRun;
}

/** Waits until the run is as asked for; gives up when it has ended otherwise. */
export async function waitFor(
  server: RunningServer,
  runId: string,
  isReached: (state: RunState) => boolean,
): Promise<RunState> {
  for (;;) {
    const state = await runState(server, runId);
    if (isReached(state)) return state;
    if (['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(state.status)) {
      throw new Error(`run ${runId} ended otherwise: ${JSON.stringify(state)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function waitForStatus(
  server: RunningServer,
  runId: string,
  status: string,
): Promise<RunState> {
  return waitFor(server, runId, (state) => state.status === status);
}

/** The process that works on a run, as its log names it last. */
export function trainerPid(state: RunState): number {
  const pids = state.log.flatMap(({ message }) => /process (\d+)/.exec(message)?.[1] ?? []);
  return Number(pids.at(-1));
}
