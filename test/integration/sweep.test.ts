import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { AS_ADMIN } from './admin-key.js';
import { copyOfImportedData, removeDirectory } from './data-directory.js';
import { ask, errorCode } from './graphql-request.js';
import { startServer, type RunningServer } from './running-server.js';
import { trainerPid, waitFor } from './training.js';

interface Outcome {
  readonly status: string;
  readonly usedSeconds: number;
  readonly endedCount: number;
  readonly settings: readonly {
    readonly rank: number | null;
    readonly score: { readonly measure: string; readonly seenInTraining: boolean } | null;
    readonly estimate: {
      readonly value: number;
      readonly low: number;
      readonly high: number;
    } | null;
    readonly run: {
      readonly id: string;
      readonly status: string;
      readonly stopReason: string | null;
      readonly epochsDone: number;
      readonly sweep: { readonly id: string };
      readonly model: { readonly id: string; readonly active: boolean } | null;
    };
  }[];
}

const SWEEP = `status usedSeconds endedCount settings {
  rank score { measure seenInTraining } estimate { value low high }
  run { id status stopReason epochsDone sweep { id } model { id active } }
}`;

/** Each step goes on from the one before. */
describe('sweeps over the API', () => {
  let directory: string;
  let server: RunningServer;

  beforeAll(async () => {
    directory = await copyOfImportedData('smallImportedData');
    server = await startServer(directory);
  });

  afterAll(async () => {
    await server.stop();
    await removeDirectory(directory);
  });

  const start = async (input: Readonly<Record<string, unknown>>): Promise<string> => {
    const { startSweep } = await ask<{ startSweep: { id: string } }>(
      server,
      'mutation ($input: StartSweepInput!) { startSweep(input: $input) { id } }',
      { input: { datasetId: '1', ...input } },
    );
    return startSweep.id;
  };
  const outcome = async (id: string): Promise<Outcome> => {
    const query = `query ($id: ID!) { sweep(id: $id) { ${SWEEP} } }`;
    return (await ask<{ sweep: Outcome }>(server, query, { id })).sweep;
  };
  /** Follows it over a WebSocket to its end. */
  const followed = async (id: string): Promise<Outcome[]> => {
    const client = createClient({
      url: `ws://127.0.0.1:${server.port}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: AS_ADMIN,
    });
    const news: Outcome[] = [];
    const query = `subscription ($id: ID!) { sweepProgress(id: $id) { ${SWEEP} } }`;
    const all = client.iterate<{ sweepProgress: Outcome }>({ query, variables: { id } });
    for await (const { data, errors } of all) {
      if (!data) throw new Error(JSON.stringify(errors));
      news.push(data.sweepProgress);
    }
    await client.dispose();
    return news;
  };

  it('tries every setting though its trainer is killed, ranks them, and activates none', async () => {
    const id = await start({
      architecture: 'conv-autoencoder',
      hyperparameters: [
        { name: 'epochs', value: 2 },
        { name: 'trainingImages', value: 1000 },
        { name: 'batchSize', value: 50 },
      ],
      dials: [{ name: 'learningRate', values: [0.000_001, 0.01] }],
      ...{ settingCount: 5, budgetMinutes: 60 },
    });
    const following = followed(id);
    const [first] = (await outcome(id)).settings.map(({ run }) => Number(run.id)).toSorted();
    const state = await waitFor(server, String(first), ({ epochsDone }) => epochsDone > 0);
    process.kill(trainerPid(state), 'SIGKILL');
    const news = await following;
    expect(news.length).toBeGreaterThan(3);
    const end = news.at(-1);
    expect(end).toMatchObject({ status: 'FINISHED', endedCount: 2 });
    expect(end?.usedSeconds).toBeGreaterThan(0);
    expect(end?.settings.map(({ rank }) => rank)).toEqual([1, 2]);
    for (const { score, estimate, run } of end?.settings ?? []) {
      expect(score).toEqual({ measure: 'PRECISION_AT_10', seenInTraining: false });
      expect(estimate?.low).toBeLessThan(estimate?.value ?? 0);
      expect(run).toMatchObject({ status: 'SUCCEEDED', stopReason: null, epochsDone: 2 });
      expect(run.sweep).toEqual({ id });
      expect(run.model?.active).toBe(false);
    }
    const { dataset } = await ask<{ dataset: { activeModel: unknown } }>(
      server,
      '{ dataset(id: 1) { activeModel { id } } }',
    );
    expect(dataset.activeModel).toBeNull();
  });

  it('lets the best be activated by hand', async () => {
    const [best] = (await outcome('1')).settings;
    const activation = await ask(
      server,
      'mutation ($id: ID!) { activateModel(id: $id) { active } }',
      { id: best?.run.model?.id },
    );
    expect(activation).toEqual({ activateModel: { active: true } });
  });

  it('is cancelled as a whole, and once', async () => {
    const id = await start({
      architecture: 'conv-autoencoder',
      dials: [{ name: 'learningRate', range: { low: 0.0001, high: 0.01, scale: 'LOG' } }],
      ...{ settingCount: 6, budgetMinutes: 60, seed: 3 },
    });
    const cancel = 'mutation ($id: ID!) { cancelSweep(id: $id) { id } }';
    const following = followed(id);
    expect(await ask(server, cancel, { id })).toEqual({ cancelSweep: { id } });
    const end = (await following).at(-1);
    expect(end).toMatchObject({ status: 'CANCELLED', endedCount: 6 });
    expect(await errorCode(server, cancel, { id })).toBe('SWEEP_NOT_CANCELLABLE');
    const { sweeps } = await ask<{ sweeps: unknown }>(
      server,
      '{ sweeps(datasetId: 1) { id seed dials { name values range { low high scale } } } }',
    );
    expect(sweeps).toEqual([
      {
        ...{ id, seed: 3 },
        dials: [
          {
            ...{ name: 'learningRate', values: null },
            range: { low: 0.0001, high: 0.01, scale: 'LOG' },
          },
        ],
      },
      {
        ...{ id: '1', seed: 1 },
        dials: [{ name: 'learningRate', values: [0.000_001, 0.01], range: null }],
      },
    ]);
  });

  it('is refused with a code where there is something wrong', async () => {
    const refused = (changes: Readonly<Record<string, unknown>>) =>
      errorCode(
        server,
        'mutation ($input: StartSweepInput!) { startSweep(input: $input) { id } }',
        {
          input: {
            ...{ datasetId: '1', architecture: 'conv-autoencoder' },
            ...{ dials: [{ name: 'seed', values: [1, 2] }], settingCount: 2, budgetMinutes: 1 },
            ...changes,
          },
        },
      );
    expect(await refused({ settingCount: 1 })).toBe('INVALID_ARGUMENT');
    expect(await refused({ budgetMinutes: 0 })).toBe('INVALID_ARGUMENT');
    expect(await refused({ dials: [{ name: 'seed' }] })).toBe('INVALID_ARGUMENT');
    expect(await refused({ dials: [{ name: 'speed', values: [1, 2] }] })).toBe(
      'HYPERPARAMETER_INVALID',
    );
    expect(await refused({ datasetId: '9' })).toBe('DATASET_NOT_FOUND');
    expect(await errorCode(server, '{ sweep(id: 9) { id } }')).toBe('SWEEP_NOT_FOUND');
  });

  it('shows what augmentation makes of ten images', async () => {
    interface Shown {
      readonly image: { readonly id: string };
      readonly inputUrl: string;
      readonly copyUrls: readonly string[];
    }
    const query = `query ($architecture: String!, $erased: Float!) {
      augmentationPreview(
        datasetId: 1, architecture: $architecture, hyperparameters: [{ name: "erased", value: $erased }]
      ) { image { id } inputUrl copyUrls }
    }`;
    const shownWith = async (erased: number) =>
      (
        await ask<{ augmentationPreview: Shown[] }>(server, query, {
          ...{ architecture: 'neighbour-encoder', erased },
        })
      ).augmentationPreview;
    const [whole, erased] = [await shownWith(0), await shownWith(1)];
    expect(whole.map(({ image }) => image.id)).toEqual(
      Array.from({ length: 10 }, (_, place) => String(place + 1)),
    );
    for (const { inputUrl, copyUrls } of whole) {
      expect(copyUrls).toHaveLength(4);
      for (const url of [inputUrl, ...copyUrls]) expect(url).toMatch(/^data:image\/png;base64,/);
    }
    expect(erased.map(({ inputUrl }) => inputUrl)).toEqual(whole.map(({ inputUrl }) => inputUrl));
    expect(erased.map(({ copyUrls }) => copyUrls)).not.toEqual(
      whole.map(({ copyUrls }) => copyUrls),
    );
    const variables = { architecture: 'conv-autoencoder', erased: 0 };
    expect(await errorCode(server, query, variables)).toBe('HYPERPARAMETER_INVALID');
  });
});
