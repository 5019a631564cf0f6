import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfImportedData, removeDirectory } from './data-directory.js';
import { ask, errorCode, upload } from './graphql-request.js';
import { followRun, startServer, type RunningServer } from './running-server.js';
import { startTraining, waitForStatus } from './training.js';

const UPLOAD = `query ($file: Upload!) {
  similarImagesToUpload(datasetId: 1, file: $file) { neighbours { rank } } }`;

function start(hyperparameters: string, architecture = 'conv-autoencoder', dataset = '1'): string {
  return `mutation { startTraining(input: { datasetId: "${dataset}",
    architecture: "${architecture}", hyperparameters: ${hyperparameters} }) { id } }`;
}

const CASES: readonly (readonly [what: string, query: string, code: string])[] = [
  ['an unknown image', '{ image(id: 999999999) { id } }', 'IMAGE_NOT_FOUND'],
  ['an unknown dataset', '{ dataset(id: 99) { id } }', 'DATASET_NOT_FOUND'],
  ['an unknown model', '{ model(id: 99) { id } }', 'MODEL_NOT_FOUND'],
  ['an unknown run', '{ trainingRun(id: 99) { id } }', 'TRAINING_RUN_NOT_FOUND'],
  ['an unknown architecture', '{ architecture(name: "x") { name } }', 'ARCHITECTURE_NOT_FOUND'],
  ['an id that is no number', '{ image(id: "../etc") { id } }', 'INVALID_ID'],
  ['an id of zero', '{ image(id: 0) { id } }', 'INVALID_ID'],
  ['an id past all integers', '{ image(id: "99999999999999999999") { id } }', 'INVALID_ID'],
  ['k of 0', '{ similarImages(imageId: 1, k: 0) { neighbours { rank } } }', 'K_OUT_OF_RANGE'],
  ['k of 1001', '{ similarImages(imageId: 1, k: 1001) { neighbours { rank } } }', 'K_OUT_OF_RANGE'],
  ['k below 0', '{ similarImages(imageId: 1, k: -5) { neighbours { rank } } }', 'K_OUT_OF_RANGE'],
  [
    'a query image that is unknown',
    '{ similarImages(imageId: 999999999) { neighbours { rank } } }',
    'IMAGE_NOT_FOUND',
  ],
  [
    'a search by a model that is unknown',
    '{ similarImages(imageId: 1, modelId: 99) { neighbours { rank } } }',
    'MODEL_NOT_FOUND',
  ],
  ['a page of 0', '{ images(datasetId: 1, first: 0) { totalCount } }', 'INVALID_ARGUMENT'],
  ['a page of 201', '{ images(datasetId: 1, first: 201) { totalCount } }', 'INVALID_ARGUMENT'],
  ['a forged cursor', '{ images(datasetId: 1, after: "x") { totalCount } }', 'INVALID_ARGUMENT'],
  ['a sample of 0', '{ dataset(id: 1) { sample(size: 0) { id } } }', 'INVALID_ARGUMENT'],
  ['no epochs', start('[{ name: "epochs", value: 0 }]'), 'HYPERPARAMETER_INVALID'],
  ['half an epoch', start('[{ name: "epochs", value: 1.5 }]'), 'HYPERPARAMETER_INVALID'],
  ['a learning rate of 2', start('[{ name: "learningRate", value: 2 }]'), 'HYPERPARAMETER_INVALID'],
  ['an unknown dial', start('[{ name: "speed", value: 1 }]'), 'HYPERPARAMETER_INVALID'],
  ['an unknown recipe', start('[]', 'resnet'), 'ARCHITECTURE_NOT_FOUND'],
  ['training on nothing', start('[]', 'conv-autoencoder', '99'), 'DATASET_NOT_FOUND'],
  ['cancelling nothing', 'mutation { cancelTraining(runId: 99) { id } }', 'TRAINING_RUN_NOT_FOUND'],
  ['resuming nothing', 'mutation { resumeTraining(runId: 99) { id } }', 'TRAINING_RUN_NOT_FOUND'],
  ['activating nothing', 'mutation { activateModel(id: 99) { id } }', 'MODEL_NOT_FOUND'],
  ['deleting nothing', 'mutation { deleteModel(id: 99) }', 'MODEL_NOT_FOUND'],
  ['an unknown field', '{ pictures }', 'GRAPHQL_VALIDATION_FAILED'],
  ['a broken document', '{ datasets {', 'GRAPHQL_PARSE_FAILED'],
  ['news over HTTP', 'subscription { sweepProgress(id: 1) { id } }', 'BAD_REQUEST'],
];

describe('bad input', () => {
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

  it.each(CASES)('%s is refused', async (_what, query, code) => {
    expect(await errorCode(server, query)).toBe(code);
  });

  it('a search before there is a model is refused', async () => {
    const query = '{ similarImages(imageId: 1) { neighbours { rank } } }';
    expect(await errorCode(server, query)).toBe('NO_ACTIVE_MODEL');
  });

  it('following an unknown run is refused over the WebSocket', async () => {
    await expect(followRun(server, '99').next()).rejects.toThrow('TRAINING_RUN_NOT_FOUND');
  });

  it('a body that is not JSON, too large, or a form without a map is refused', async () => {
    const json = { 'content-type': 'application/json' };
    const preflight = { 'apollo-require-preflight': 'true' };
    const form = new FormData();
    form.set('operations', 'x');
    const bodies = [
      [json, '{ "query": '],
      [json, JSON.stringify({ query: 'x'.repeat(2_000_000) })],
      [preflight, form],
    ] as const;
    for (const [headers, body] of bodies) {
      const response = await server.fetch('/graphql', { method: 'POST', headers, body });
      expect(response.status).toBe(400);
      const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
      expect(errors[0]?.extensions.code).toBe('REQUEST_INVALID');
    }
  });

  it('a form from another site, without the preflight header, is refused', async () => {
    const form = new FormData();
    form.set('operations', JSON.stringify({ query: '{ datasets { id } }' }));
    form.set('map', '{}');
    const response = await server.fetch('/graphql', { method: 'POST', body: form });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('CSRF');
  });

  it('an upgrade of what is no URL, or no place for one, is refused and does no harm', async () => {
    for (const path of ['//', '/', '/nowhere', '/graphql%']) {
      expect(await statusOfUpgrade(server.port, path)).toContain('403');
    }
    expect(await errorCode(server, '{ datasets { id } }')).toBeUndefined();
  });

  it('a page of another site cannot open a WebSocket', async () => {
    const status = await statusOfUpgrade(server.port, '/graphql', 'http://elsewhere.example');
    expect(status).toContain('403');
  });

  it('a picture that does not exist is a 404 in words', async () => {
    for (const path of ['/images/999999999', '/reconstructions/1/1/1']) {
      const response = await server.fetch(path);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('IMAGE_NOT_FOUND');
    }
  });

  describe('to a model', () => {
    let modelId: string;

    beforeAll(async () => {
      modelId = await startTraining(server, { epochs: 1, trainingImages: 400, batchSize: 100 });
      await waitForStatus(server, modelId, 'SUCCEEDED');
    });

    it('the active model is not deleted, another one is, with its run kept', async () => {
      const query = `mutation { deleteModel(id: ${modelId}) }`;
      expect(await errorCode(server, query)).toBe('MODEL_ACTIVE');
      const next = await startTraining(server, { epochs: 1, trainingImages: 400, batchSize: 50 });
      await waitForStatus(server, next, 'SUCCEEDED');
      await ask(server, query);
      expect(await errorCode(server, `{ model(id: ${modelId}) { id } }`)).toBe('MODEL_NOT_FOUND');
      const { trainingRun } = await ask<{ trainingRun: { model: unknown; status: string } }>(
        server,
        `{ trainingRun(id: ${modelId}) { status model { id } } }`,
      );
      expect(trainingRun).toEqual({ status: 'SUCCEEDED', model: null });
      modelId = next;
    });

    it('uploads that are no whole picture are refused, and a good one still answered', async () => {
      const png = await sharp(randomBytes(64 * 64 * 3), {
        raw: { width: 64, height: 64, channels: 3 },
      })
        .png()
        .toBuffer();
      const jpeg = await sharp(png).jpeg().toBuffer();
      const damaged: readonly Uint8Array[] = [
        new Uint8Array(),
        Buffer.from('not a picture'),
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
        Buffer.from('%PDF-1.7 a document'),
        png.subarray(0, png.length / 2),
        jpeg.subarray(0, jpeg.length / 2),
        randomBytes(5000),
      ];
      for (const file of damaged) {
        const { errors } = await upload(server, UPLOAD, {}, file);
        expect(errors?.[0]?.extensions?.code, sha(file)).toBe('UPLOAD_NOT_AN_IMAGE');
      }
      const { errors } = await upload(server, UPLOAD, {}, Buffer.alloc(101_000_000));
      expect(errors?.[0]?.extensions?.code).toBe('UPLOAD_TOO_LARGE');
      const good = await upload<{ similarImagesToUpload: { neighbours: unknown[] } }>(
        server,
        UPLOAD,
        {},
        jpeg,
      );
      expect(good.data?.similarImagesToUpload.neighbours).toHaveLength(10);
    });
  });
});

/** The first line that the server answers to a request to open a WebSocket. */
function statusOfUpgrade(port: number, path: string, origin?: string): Promise<string> {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...(origin === undefined ? [] : [`Origin: ${origin}`]),
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    socket.once('data', (chunk: Buffer) => {
      resolve(chunk.toString().split('\r\n', 1)[0] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

function sha(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 8);
}
