import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from '../../integration/running-server.js';
import { runState, startTraining, waitFor, waitForStatus } from '../../integration/training.js';
import type { Benchmark, Row } from '../harness/benchmark.js';
import type { HttpLoad } from '../harness/http-load.js';
import { similarImagesRequests } from '../harness/similar-images.js';
import { median } from '../harness/statistics.js';

const ROUNDS = 4;
const SECONDS = 6;
/** A user or two at work: it is the wait that is measured. */
const PER_SECOND = 50;
const MORE_EPOCHS_THAN_HERE = 1000;

/** Idle before, then during a run, then while its model is made: embedding, indexing, measuring. */
export const benchmark: Benchmark = {
  title: 'How long similarImages takes while a network is trained',
  run: async (tools) => {
    const requests = await similarImagesRequests(await tools.data());
    const server = await tools.server();
    const pace = () =>
      tools.pace({ url: server.url, perSecond: PER_SECOND, seconds: SECONDS, requests });
    const repeatedly = async (): Promise<HttpLoad[]> => {
      const loads: HttpLoad[] = [];
      for (let round = 0; round < ROUNDS; round += 1) loads.push(await pace());
      return loads;
    };
    await pace();
    const idle = await repeatedly();
    const run = await startTraining(server, { epochs: MORE_EPOCHS_THAN_HERE });
    await waitFor(server, run, ({ epochsDone }) => epochsDone > 0);
    const training = await repeatedly();
    await cancel(server, run);
    const publishing = await whilePublishing(server, pace);
    const row = (what: string, ours: readonly HttpLoad[]): Row => ({
      what,
      unit: 'ms',
      ours: ours.map((load) => load.p99),
      other: { name: 'idle', values: idle.map((load) => load.p99) },
      target: { of: 'ratio', atMost: 1.5 },
      remark: `Half of the answers took ${middle(ours)} against ${middle(idle)} idle (${what}).`,
    });
    return [
      row('p99 of similarImages during training', training),
      row('p99 of similarImages while the model is made', publishing),
    ];
  },
};

async function whilePublishing(
  server: RunningServer,
  pace: () => Promise<HttpLoad>,
): Promise<HttpLoad[]> {
  const run = await startTraining(server, { epochs: 1, trainingImages: 400 });
  await waitFor(server, run, ({ epochsDone }) => epochsDone > 0);
  const loads = [await pace()];
  while ((await runState(server, run)).status === 'RUNNING') loads.push(await pace());
  await waitForStatus(server, run, 'SUCCEEDED');
  // The last one ran over the end of the run.
  return loads.length > 1 ? loads.slice(0, -1) : loads;
}

async function cancel(server: RunningServer, run: string): Promise<void> {
  const response = await server.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `mutation { cancelTraining(runId: ${run}) { status } }` }),
  });
  const text = await response.text();
  if (text.includes('"errors"')) throw new Error(`the run was not cancelled: ${text}`);
  while ((await runState(server, run)).status === 'RUNNING') await sleep(100);
}

function middle(loads: readonly HttpLoad[]): string {
  return `${median(loads.map((load) => load.p50)).toFixed(1)} ms`;
}
