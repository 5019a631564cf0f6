import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfImportedData, removeDirectory } from './data-directory.js';
import {
  DETAILS_FIELDS,
  ESTIMATE_FRAGMENT,
  expectDetails,
  type MeasuredEvaluation,
} from './evaluation-details.js';
import { ask, upload } from './graphql-request.js';
import { followRun, startServer, type RunningServer } from './running-server.js';
import { startTraining, waitForStatus } from './training.js';

interface Similar {
  readonly query: { id: string; label: string } | null;
  readonly neighbours: readonly {
    rank: number;
    distance: number;
    similarity: number;
    image: { id: string; label: string; split: string };
  }[];
  readonly model: { id: string };
  readonly run: { id: string };
  readonly indexes: readonly { id: string; split: string }[];
}

const SIMILAR_FIELDS = `
  query { id label } model { id } run { id } indexes { id split }
  neighbours { rank distance similarity image { id label split } }`;

/** Test image 0, an ankle boot, follows the 60,000 training images. */
/** How an index stands whose recall target is the default. */
const REACHED = { recallTarget: 0.99, reachesRecallTarget: true };
const ANKLE_BOOT = '60001';

describe('a training run on Fashion-MNIST', () => {
  let directory: string;
  let server: RunningServer;
  let runId: string;

  beforeAll(async () => {
    directory = await copyOfImportedData('importedData');
    server = await startServer(directory);
    runId = await startTraining(server, { epochs: 3, trainingImages: 4000, batchSize: 100 });
  });

  afterAll(async () => {
    await server.stop();
    await removeDirectory(directory);
  });

  it('tells every subscriber every epoch, whenever it comes, and then completes', async () => {
    const [early, twin] = await Promise.all([
      collect(followRun(server, runId)),
      collect(followRun(server, runId)),
    ]);
    expect(twin.epochs).toEqual(early.epochs);
    const late = await collect(followRun(server, runId, 1));
    expect(early.epochs).toEqual([1, 2, 3]);
    expect(late.epochs).toEqual([2, 3]);
    expect(early.lastStatus).toBe('SUCCEEDED');
    expect(early.losses).toEqual([...early.losses].sort((a, b) => b - a));
  });

  it('leaves a model that is active, measured and described', async () => {
    const { dataset } = await ask<{ dataset: { activeModel: ModelAnswer } }>(
      server,
      `{ dataset(id: 1) { activeModel {
        id active latentSize parameterCount input { width height channels }
        layers { kind outputShape parameterCount }
        evaluation {
          queryCount precisionAt10Exact precisionAt10Index recallAt10 testLoss
          details { ${DETAILS_FIELDS} }
        }
        indexes {
          split size m efConstruction efSearch recallTarget recall reachesRecallTarget
          recallCurve { ef recall microseconds }
        } } } }
      ${ESTIMATE_FRAGMENT}`,
    );
    const model = dataset.activeModel;
    expect(model).toMatchObject({
      id: runId,
      active: true,
      latentSize: 128,
      input: { width: 28, height: 28, channels: 1 },
      indexes: [
        { split: 'TRAIN', size: 60_000, m: 16, efConstruction: 100, ...REACHED },
        { split: 'TEST', size: 10_000, ...REACHED },
      ],
    });
    const sum = model.layers.reduce((total, layer) => total + layer.parameterCount, 0);
    expect(sum).toBe(model.parameterCount);
    expect(model.evaluation.queryCount).toBe(10_000);
    expect(model.evaluation.recallAt10).toBeGreaterThan(0.99);
    expect(model.evaluation.precisionAt10Exact).toBeGreaterThan(0.7);
    expect(model.evaluation.precisionAt10Index).toBeCloseTo(model.evaluation.precisionAt10Exact, 2);
    expectDetails(model.evaluation);
  });

  it('finds ankle boots for an ankle boot', async () => {
    const { similarImages } = await ask<{ similarImages: Similar }>(
      server,
      `{ similarImages(imageId: ${ANKLE_BOOT}, split: TRAIN) { ${SIMILAR_FIELDS} } }`,
    );
    const { neighbours } = similarImages;
    expect(similarImages.query).toEqual({ id: ANKLE_BOOT, label: 'Ankle boot' });
    expect(neighbours.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(neighbours.every(({ image }) => image.split === 'TRAIN')).toBe(true);
    const boots = neighbours.filter(({ image }) => image.label === 'Ankle boot');
    expect(boots.length).toBeGreaterThanOrEqual(8);
    const distances = neighbours.map(({ distance }) => distance);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(similarImages.model.id).toBe(runId);
    expect(similarImages.run.id).toBe(runId);
    expect(similarImages.indexes.map(({ split }) => split)).toEqual(['TRAIN']);
  });

  it('leaves the query out of its own neighbours, in every split', async () => {
    const { similarImages } = await ask<{ similarImages: Similar }>(
      server,
      `{ similarImages(imageId: ${ANKLE_BOOT}, k: 50) { ${SIMILAR_FIELDS} } }`,
    );
    const ids = similarImages.neighbours.map(({ image }) => image.id);
    expect(ids).toHaveLength(50);
    expect(ids).not.toContain(ANKLE_BOOT);
    expect(new Set(similarImages.neighbours.map(({ image }) => image.split)).size).toBe(2);
  });

  it('answers an uploaded copy of an image as it answers the image', async () => {
    const picture = await (await server.fetch(`/images/${ANKLE_BOOT}`)).arrayBuffer();
    const large = await sharp(picture)
      .resize(56, 56, { kernel: 'nearest' })
      .webp({ lossless: true })
      .toBuffer();
    const { similarImages } = await ask<{ similarImages: Similar }>(
      server,
      `{ similarImages(imageId: ${ANKLE_BOOT}, k: 10) { ${SIMILAR_FIELDS} } }`,
    );
    const uploaded = await Promise.all(
      [new Uint8Array(picture), new Uint8Array(large)].map((file) =>
        upload<{ similarImagesToUpload: Similar }>(
          server,
          `query ($file: Upload!) {
            similarImagesToUpload(datasetId: 1, file: $file, k: 11) { ${SIMILAR_FIELDS} } }`,
          {},
          file,
        ),
      ),
    );
    for (const { data } of uploaded) {
      const [itself, ...others] = data?.similarImagesToUpload.neighbours ?? [];
      expect(itself?.image.id).toBe(ANKLE_BOOT);
      expect(others).toHaveLength(10);
    }
    const exact = uploaded[0]?.data?.similarImagesToUpload.neighbours.slice(1);
    expect(exact?.map(({ image }) => image.id)).toEqual(
      similarImages.neighbours.map(({ image }) => image.id),
    );
  });

  it('redraws images as pictures with an error that is small', async () => {
    const { model } = await ask<{ model: { reconstructions: Redrawn[] } }>(
      server,
      `{ model(id: ${runId}) { reconstructions(imageIds: [${ANKLE_BOOT}, 1]) {
        meanSquaredError url image { id } } } }`,
    );
    expect(model.reconstructions.map(({ image }) => image.id)).toEqual([ANKLE_BOOT, '1']);
    for (const { url, meanSquaredError } of model.reconstructions) {
      const png = Buffer.from(url.replace('data:image/png;base64,', ''), 'base64');
      expect(await sharp(png).metadata()).toMatchObject({ width: 28, height: 28, channels: 1 });
      expect(meanSquaredError).toBeGreaterThan(0);
      expect(meanSquaredError).toBeLessThan(0.1);
    }
  });

  it('redrew ten probe images after every epoch, each served as a picture', async () => {
    const { trainingRun } = await ask<{
      trainingRun: { epochs: { reconstructions: { url: string; image: { split: string } }[] }[] };
    }>(
      server,
      `{ trainingRun(id: ${runId}) { epochs { reconstructions { url image { split } } } } }`,
    );
    expect(trainingRun.epochs.map((epoch) => epoch.reconstructions.length)).toEqual([10, 10, 10]);
    const url = trainingRun.epochs[2]?.reconstructions[0]?.url ?? '';
    const response = await server.fetch(url);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('cache-control')).toContain('immutable');
    const png = new Uint8Array(await response.arrayBuffer());
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 28, height: 28 });
  });

  it('serves the same answers after a restart, without training or building again', async () => {
    const question = `{ similarImages(imageId: ${ANKLE_BOOT}) { ${SIMILAR_FIELDS} } }`;
    const before = await ask<{ similarImages: Similar }>(server, question);
    expect(await server.stop()).toBe(0);
    server = await startServer(directory);
    expect(await ask(server, question)).toEqual(before);
  });

  it('trains the same network again from the same seed, to the same losses', async () => {
    const again = await startTraining(server, {
      epochs: 2,
      trainingImages: 4000,
      batchSize: 100,
    });
    const { losses } = await collect(followRun(server, again));
    const original = await collect(followRun(server, runId));
    expect(losses).toEqual(original.losses.slice(0, 2));
    await waitForStatus(server, again, 'SUCCEEDED');
  });
});

interface Redrawn {
  readonly url: string;
  readonly meanSquaredError: number;
  readonly image: { id: string };
}

interface ModelAnswer {
  readonly parameterCount: number;
  readonly layers: readonly { parameterCount: number }[];
  readonly evaluation: MeasuredEvaluation;
}

async function collect(news: ReturnType<typeof followRun>) {
  const epochs: number[] = [];
  const losses: number[] = [];
  let lastStatus = '';
  for await (const { status, epoch, loss } of news) {
    lastStatus = status;
    if (epoch !== null && loss !== null) {
      epochs.push(epoch);
      losses.push(loss);
    }
  }
  return { epochs, losses, lastStatus };
}
