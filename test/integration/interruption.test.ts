import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfImportedData, removeDirectory } from './data-directory.js';
import { ask, errorCode } from './graphql-request.js';
import { startServer, type RunningServer } from './running-server.js';
import { runState, startTraining, trainerPid, waitFor, waitForStatus } from './training.js';

const SMALL = { epochs: 6, trainingImages: 4000, batchSize: 100 };

describe('a training run that is interrupted', () => {
  let directory: string;
  let server: RunningServer;
  let undisturbed: readonly { epoch: number; loss: number }[];

  beforeAll(async () => {
    directory = await copyOfImportedData('smallImportedData');
    server = await startServer(directory);
    const run = await startTraining(server, SMALL);
    undisturbed = (await waitForStatus(server, run, 'SUCCEEDED')).epochs;
  });

  afterAll(async () => {
    await server.stop();
    await removeDirectory(directory);
  });

  it('goes on from its checkpoint when its process is killed, with the same losses', async () => {
    const run = await startTraining(server, SMALL);
    const state = await waitFor(server, run, ({ epochsDone }) => epochsDone >= 2);
    process.kill(trainerPid(state), 'SIGKILL');
    const ended = await waitForStatus(server, run, 'SUCCEEDED');
    expect(ended.log.some(({ message }) => message.startsWith('going on after epoch'))).toBe(true);
    expect(ended.epochs).toEqual(undisturbed);
  });

  it('goes on after the server itself was killed and started again', async () => {
    const run = await startTraining(server, SMALL);
    await waitFor(server, run, ({ epochsDone }) => epochsDone >= 2);
    await server.stop('SIGKILL');
    server = await startServer(directory);
    const ended = await waitForStatus(server, run, 'SUCCEEDED');
    expect(ended.epochs).toEqual(undisturbed);
  });

  it('is cancelled, keeps its checkpoint, and can be resumed', async () => {
    const run = await startTraining(server, SMALL);
    await waitFor(server, run, ({ epochsDone }) => epochsDone >= 1);
    await ask(server, 'mutation ($id: ID!) { cancelTraining(runId: $id) { id } }', { id: run });
    const cancelled = await waitForStatus(server, run, 'CANCELLED');
    expect(cancelled.epochsDone).toBeLessThan(SMALL.epochs);
    const cancelAgain = 'mutation ($id: ID!) { cancelTraining(runId: $id) { id } }';
    expect(await errorCode(server, cancelAgain, { id: run })).toBe('RUN_NOT_CANCELLABLE');
    await ask(server, 'mutation ($id: ID!) { resumeTraining(runId: $id) { id } }', { id: run });
    const ended = await waitForStatus(server, run, 'SUCCEEDED');
    expect(ended.epochs).toEqual(undisturbed);
  });

  it('is given back in an orderly way when the server is stopped', async () => {
    const run = await startTraining(server, SMALL);
    await waitFor(server, run, ({ epochsDone }) => epochsDone >= 1);
    expect(await server.stop()).toBe(0);
    server = await startServer(directory);
    const { log } = await runState(server, run);
    expect(log.some(({ message }) => message.includes('the server stops'))).toBe(true);
    await ask(server, 'mutation ($id: ID!) { cancelTraining(runId: $id) { id } }', { id: run });
    await waitForStatus(server, run, 'CANCELLED');
  });
});
