import { expect } from 'vitest';
import { ask } from '../integration/graphql-request.js';
import type { RunningServer } from '../integration/running-server.js';
import { pause } from './dice.js';
import { neighboursOf } from './listing.js';
import { childrenOf } from './processes.js';

export interface Recipe {
  readonly architecture: string;
  readonly hyperparameters: Readonly<Record<string, number>>;
}

/** How a run ends that nobody disturbs: what all others of its recipe must end with too. */
export interface Baseline extends Recipe {
  readonly modelId: string;
  readonly losses: readonly { readonly epoch: number; readonly loss: number }[];
  /** Milliseconds from its start to its end. */
  readonly tookMs: number;
  /** What is found under its model, by the names of the queries. */
  readonly found: Findings;
}

/** Of each query the nearest images, with their distances. */
export type Findings = ReadonlyMap<string, readonly (readonly [string, number])[]>;

export interface RunFacts {
  readonly status: string;
  readonly phase: string | null;
  readonly epochsDone: number;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly epochs: readonly { readonly epoch: number; readonly loss: number }[];
}

/** A run whose trainer has died is to be taken up within its lease, and a start of a process. */
const TAKEN_UP_MS = 40_000;
const SAME_DISTANCE = 1e-4;

export async function startRun(
  server: RunningServer,
  datasetId: string,
  { architecture, hyperparameters }: Recipe,
): Promise<string> {
  const values = Object.entries(hyperparameters).map(([name, value]) => ({ name, value }));
  const { startTraining } = await ask<{ startTraining: { id: string } }>(
    server,
    `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { id } }`,
    { input: { datasetId, architecture, hyperparameters: values } },
  );
  return startTraining.id;
}

export async function runFacts(server: RunningServer, id: string): Promise<RunFacts> {
  const { trainingRun } = await ask<{ trainingRun: RunFacts }>(
    server,
    `query ($id: ID!) { trainingRun(id: $id) {
      status phase epochsDone failure { code message } epochs { epoch loss }
    } }`,
    { id },
  );
  return trainingRun;
}

export function hasEnded({ status }: RunFacts): boolean {
  return ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(status);
}

/**
 * Waits until a run has ended. A run that is not is worked on: one whose trainer has died is taken up
 * by another. One that was killed three times within an epoch is resumed, as its failure says.
 */
export async function endOfRun(server: RunningServer, id: string): Promise<RunFacts> {
  let seenAt = performance.now();
  for (;;) {
    const run = await runFacts(server, id);
    const isWorkedOn = childrenOf(server.pid).some(({ role }) => role === 'trainer');
    if (isWorkedOn) seenAt = performance.now();
    if (run.failure?.code === 'TRAINER_CRASHED') {
      await ask(server, 'mutation ($id: ID!) { resumeTraining(runId: $id) { id } }', { id });
    } else if (hasEnded(run)) return run;
    expect(
      performance.now() - seenAt,
      `run ${id} is ${run.status}, and nobody works on it`,
    ).toBeLessThan(TAKEN_UP_MS);
    await pause(50);
  }
}

/** The run has ended as the one that nobody disturbed. */
export async function expectAsBaseline(
  server: RunningServer,
  id: string,
  baseline: Baseline,
  queries: readonly string[],
): Promise<void> {
  const run = await endOfRun(server, id);
  expect([run.status, run.failure]).toEqual(['SUCCEEDED', null]);
  expect(run.epochs, 'losses').toEqual(baseline.losses);
  expectSameFindings(await findings(server, queries, id), baseline.found);
}

/** What a model finds for some images. @param queries ids of images */
export async function findings(
  server: RunningServer,
  queries: readonly string[],
  modelId: string,
): Promise<Findings> {
  const found = new Map<string, (readonly [string, number])[]>();
  for (const id of queries) {
    const { neighbours } = await neighboursOf(server, id, { modelId, split: 'TRAIN' });
    found.set(
      id,
      neighbours.map(({ name, distance }) => [name, distance] as const),
    );
  }
  return found;
}

/** The same images at the same distances; of two that are as near, either may come first. */
export function expectSameFindings(actual: Findings, expected: Findings): void {
  expect([...actual.keys()]).toEqual([...expected.keys()]);
  for (const [query, neighbours] of expected) {
    const others = actual.get(query) ?? [];
    expect(others).toHaveLength(neighbours.length);
    neighbours.forEach(([name, distance], rank) => {
      const [otherName, otherDistance] = others[rank] ?? ['', Number.NaN];
      expect(Math.abs(otherDistance - distance)).toBeLessThan(SAME_DISTANCE);
      if (name === otherName) return;
      const isTie = neighbours.some(
        ([twin, away]) => twin === otherName && Math.abs(away - distance) < SAME_DISTANCE,
      );
      const isAtEnd = rank === neighbours.length - 1;
      expect(isTie || isAtEnd, `query ${query}: ${otherName} in the place of ${name}`).toBe(true);
    });
  }
}
