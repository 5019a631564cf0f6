import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { add } from './added-pictures.js';
import { AS_ADMIN } from './admin-key.js';
import { copyOfImportedData, emptyDirectory, removeDirectory } from './data-directory.js';
import { ask } from './graphql-request.js';
import { importEnd } from './import-end.js';
import { colouredPicture } from './picture-folder.js';
import { startServer, type RunningServer } from './running-server.js';
import { runState, startTraining, waitFor, waitForStatus } from './training.js';

const SMALL = { epochs: 4, trainingImages: 4000, batchSize: 100 };

/** A request of which half is sent. */
interface HalfSent {
  /** Sends the rest. @returns the answer */
  finish(): Promise<unknown>;
  destroy(): void;
}

async function halfSent(
  server: RunningServer,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<HalfSent> {
  const sent = request(`${server.url}/graphql`, {
    method: 'POST',
    headers: { ...AS_ADMIN, ...headers, 'content-length': body.length },
  });
  const answer = once(sent, 'response').then(
    async ([response]) => JSON.parse(await text(response as IncomingMessage)) as unknown,
  );
  // Where the server ends before, whoever waits for the answer is told.
  answer.catch(() => undefined);
  const half = Math.floor(body.length / 2);
  await new Promise((resolve) => sent.write(body.subarray(0, half), resolve));
  return {
    finish: () => {
      sent.end(body.subarray(half));
      return answer;
    },
    destroy: () => sent.destroy(),
  };
}

/** A request that adds a picture. */
async function halfUpload(server: RunningServer, name: string): Promise<HalfSent> {
  const form = new FormData();
  const query = `mutation ($images: [NewImageInput!]!) {
    addImages(datasetId: 1, images: $images) { outcome } }`;
  const variables = { images: [{ name, file: null }] };
  form.set('operations', JSON.stringify({ query, variables }));
  form.set('map', JSON.stringify({ 0: ['variables.images.0.file'] }));
  form.set('0', new Blob([new Uint8Array(await colouredPicture(9, 300))]), 'x.png');
  const encoded = new Response(form);
  const headers = {
    'apollo-require-preflight': 'true',
    'content-type': encoded.headers.get('content-type') ?? '',
  };
  return halfSent(server, Buffer.from(await encoded.arrayBuffer()), headers);
}

function halfSearch(server: RunningServer): Promise<HalfSent> {
  const query = '{ similarImages(imageId: 6001, k: 3, split: TRAIN) { neighbours { rank } } }';
  const body = Buffer.from(JSON.stringify({ query }));
  return halfSent(server, body, { 'content-type': 'application/json' });
}

/** Follows a run over a WebSocket. @returns with what code the server closes it, once it does */
async function followed(
  server: RunningServer,
  runId: string,
): Promise<{ closed: Promise<number> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/graphql`, 'graphql-transport-ws');
  const closed = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: AS_ADMIN }));
  await once(socket, 'message');
  const query = `subscription { trainingProgress(runId: "${runId}", afterEpoch: 0) { run { status } } }`;
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  await once(socket, 'message');
  return { closed };
}

/** Whether a new connection comes to be refused. */
async function isRefused(server: RunningServer): Promise<boolean> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const socket = connect(server.port, '127.0.0.1');
    try {
      await once(socket, 'connect');
    } catch {
      return true;
    } finally {
      socket.destroy();
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

describe('a server that is told to end', () => {
  it('answers what it was asked, stops a training behind its checkpoint, and ends well', async () => {
    const directory = await copyOfImportedData('smallImportedData');
    let server = await startServer(directory);
    try {
      const first = await startTraining(server, SMALL);
      const undisturbed = (await waitForStatus(server, first, 'SUCCEEDED')).epochs;
      const run = await startTraining(server, SMALL);
      await waitFor(server, run, ({ epochsDone }) => epochsDone >= 1);

      const upload = await halfUpload(server, 'late.png');
      const search = await halfSearch(server);
      const bundle = await server.fetch('/datasets/1/bundle');
      const { closed } = await followed(server, run);
      const ended = server.stop();
      expect(await isRefused(server)).toBe(true);
      expect(await upload.finish()).toEqual({ data: { addImages: [{ outcome: 'ADDED' }] } });
      const neighbours = [1, 2, 3].map((rank) => ({ rank }));
      expect(await search.finish()).toEqual({ data: { similarImages: { neighbours } } });
      // Read to its end; the directory of a zip stands there.
      const zip = Buffer.from(await bundle.arrayBuffer());
      expect(zip.readUInt32LE(zip.length - 22)).toBe(0x06054b50);
      // 1001: going away.
      expect(await closed).toBe(1001);
      expect(await ended).toBe(0);
      expect(server.output()).not.toMatch(/error:|warning:/);

      server = await startServer(directory);
      const { log } = await runState(server, run);
      expect(log.some(({ message }) => message.includes('the server stops'))).toBe(true);
      const { images } = await ask<{ images: { totalCount: number } }>(
        server,
        '{ images(datasetId: "1", filter: { addedFrom: "2020-01-01T00:00:00Z" }) { totalCount } }',
      );
      expect(images.totalCount).toBe(7001);
      expect((await waitForStatus(server, run, 'SUCCEEDED')).epochs).toEqual(undisturbed);
    } finally {
      await server.stop();
      await removeDirectory(directory);
    }
  });

  it('leaves an import where the next start goes on', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lookalike-'));
    const environment = { LOOKALIKE_FIRST_START: 'import' };
    let server = await startServer(directory, environment);
    try {
      for (;;) {
        const { datasets } = await ask<{ datasets: { importedCount: number }[] }>(
          server,
          '{ datasets { importedCount } }',
        );
        if ((datasets[0]?.importedCount ?? 0) > 0) break;
      }
      expect(await server.stop()).toBe(0);
      expect(server.output()).not.toMatch(/error:|warning:/);
      server = await startServer(directory, environment);
      expect(await importEnd(server)).toMatchObject({
        ...{ status: 'READY', importedCount: 70_000, importError: null },
      });
    } finally {
      await server.stop();
      await removeDirectory(directory);
    }
  });

  it('ends at once when it is told so once more', async () => {
    const server = await startServer(await emptyDirectory());
    await ask(server, 'mutation { createDataset(name: "colours", title: "Colours") { id } }');
    await add(server, '1', [{ name: 'a.png', bytes: await colouredPicture(1) }]);
    const upload = await halfUpload(server, 'never.png');
    const first = server.stop();
    expect(await isRefused(server)).toBe(true);
    // What it waits for does not come.
    expect(await server.stop('SIGINT')).toBe(1);
    expect(await first).toBe(1);
    upload.destroy();
  });
});
