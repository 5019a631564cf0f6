import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfImportedData, removeDirectory } from './data-directory.js';
import { ask, errorCode } from './graphql-request.js';
import { startServer, type RunningServer } from './running-server.js';
import { waitForStatus } from './training.js';

/** The first of the 1,000 TEST images. */
const ANKLE_BOOT = '6001';

interface Choice {
  readonly activeModel: { id: string } | null;
  readonly earlierModel: { id: string } | null;
  readonly activations: readonly {
    modelId: string;
    previousModelId: string | null;
    cause: string;
    forced: boolean;
  }[];
}

/** Each step goes on from the one before. */
describe('choosing among two models of a dataset', () => {
  let directory: string;
  let server: RunningServer;
  let good: string;
  let poor: string;

  beforeAll(async () => {
    directory = await copyOfImportedData('smallImportedData');
    server = await startServer(directory);
  });

  afterAll(async () => {
    await server.stop();
    await removeDirectory(directory);
  });

  /** A run of the plainest baseline, which is done in seconds. @returns its id, and what its log says last */
  const trained = async (components: number) => {
    const { startTraining } = await ask<{ startTraining: { id: string } }>(
      server,
      `mutation ($values: [HyperparameterInput!]!) { startTraining(input: {
        datasetId: 1, architecture: "pixel-components", hyperparameters: $values
      }) { id } }`,
      { values: [{ name: 'components', value: components }] },
    );
    const { id } = startTraining;
    await waitForStatus(server, id, 'SUCCEEDED');
    // The line comes right after the end.
    for (;;) {
      const { log } = await waitForStatus(server, id, 'SUCCEEDED');
      const last = log.find(({ message }) => message.startsWith(`model ${id} is`));
      if (last) return { id, words: last.message };
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  const choice = async () => {
    const { dataset } = await ask<{ dataset: Choice }>(
      server,
      `{ dataset(id: 1) { activeModel { id } earlierModel { id }
        activations { modelId previousModelId cause forced } } }`,
    );
    return dataset;
  };

  const answeringModel = async () => {
    const { similarImages } = await ask<{ similarImages: { model: { id: string } } }>(
      server,
      `{ similarImages(imageId: ${ANKLE_BOOT}) { model { id } } }`,
    );
    return similarImages.model.id;
  };

  it('the first one is active whatever it is worth', async () => {
    const { id, words } = await trained(64);
    good = id;
    expect(words).toBe(`model ${good} is active`);
    expect(await choice()).toMatchObject({ activeModel: { id: good }, earlierModel: null });
  });

  it('a run that leaves a worse one leaves it without activating it, and says so in its log', async () => {
    const { id, words } = await trained(2);
    poor = id;
    expect(words).toMatch(
      new RegExp(
        `^model ${poor} is not active: it is worse than the active model ${good}: ` +
          'P@10 0\\.\\d{3} \\(0\\.\\d{3}–0\\.\\d{3}\\) against 0\\.\\d{3} ',
      ),
    );
    expect((await choice()).activeModel?.id).toBe(good);
    expect(await answeringModel()).toBe(good);
  });

  it('the worse one is refused, and taken by force; searches follow at once', async () => {
    const activate = `mutation ($force: Boolean!) { activateModel(id: ${poor}, force: $force) { active } }`;
    expect(await errorCode(server, activate, { force: false })).toBe('MODEL_WORSE');
    expect(await errorCode(server, `mutation { activateModel(id: ${poor}) { id } }`)).toBe(
      'MODEL_WORSE',
    );
    expect(await answeringModel()).toBe(good);
    const forced = await ask(server, activate, { force: true });
    expect(forced).toEqual({ activateModel: { active: true } });
    expect(await answeringModel()).toBe(poor);
    expect((await choice()).earlierModel?.id).toBe(good);
  });

  it('rolling back restores the one before, once', async () => {
    const rollBack = 'mutation { rollBackModel(datasetId: 1) { id active } }';
    expect(await ask(server, rollBack)).toEqual({ rollBackModel: { id: good, active: true } });
    expect(await answeringModel()).toBe(good);
    expect(await errorCode(server, rollBack)).toBe('NO_EARLIER_MODEL');
    expect(await answeringModel()).toBe(good);
  });

  it('all of that is on disk when it is answered', async () => {
    const before = await choice();
    await server.stop('SIGKILL');
    server = await startServer(directory);
    expect(await choice()).toEqual(before);
    expect(before.activations).toEqual([
      { modelId: good, previousModelId: poor, cause: 'ROLL_BACK', forced: false },
      { modelId: poor, previousModelId: good, cause: 'HAND', forced: true },
      { modelId: good, previousModelId: null, cause: 'RUN', forced: false },
    ]);
    expect(await answeringModel()).toBe(good);
  });

  it('two models answer one question side by side, each telling what it is', async () => {
    const fields = 'model { id } run { id } indexes { id split } neighbours { image { id } }';
    interface Answer {
      readonly model: { id: string };
      readonly run: { id: string };
      readonly neighbours: readonly unknown[];
    }
    const { a, b } = await ask<{ a: Answer; b: Answer }>(
      server,
      `{ a: similarImages(imageId: ${ANKLE_BOOT}, modelId: ${good}) { ${fields} }
         b: similarImages(imageId: ${ANKLE_BOOT}, modelId: ${poor}) { ${fields} } }`,
    );
    expect([a.model.id, a.run.id, b.model.id, b.run.id]).toEqual([good, good, poor, poor]);
    expect(a.neighbours).not.toEqual(b.neighbours);
    const { trainingRuns } = await ask<{ trainingRuns: { id: string }[] }>(
      server,
      `{ trainingRuns(ids: [${poor}, 99]) { id } }`,
    );
    expect(trainingRuns).toEqual([{ id: poor }]);
  });
});
