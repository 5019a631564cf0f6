import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { ADMIN_KEY } from '../integration/admin-key.js';
import { removeDirectory, temporaryDirectory } from '../integration/data-directory.js';
import { ask } from '../integration/graphql-request.js';
import { Dice, until } from './dice.js';
import { addImages } from './ledger-client.js';
import { neighboursOf } from './listing.js';
import { openFiles, residentMiB } from './processes.js';
import { startRun } from './runs.js';
import { IS_WHOLE, SEED } from './settings.js';
import { World } from './world.js';

const CONNECTIONS = 1000;
const SEARCHES = 200;
const RATE = 600;
/** Side of a noisy picture of about this many million bytes times three. */
const LARGE_SIDE = 1800;
const SLOW_READERS = 100;
/** As much more than before as slow readers may make the server hold, in MiB. */
const MOST_HELD = 1100;
const FEW = 20;

describe.runIf(IS_WHOLE)('a server with more to do than it can', () => {
  const dice = new Dice(SEED);
  let folder: string;
  let world: World;
  let idleFiles: number;

  beforeAll(async () => {
    folder = await temporaryDirectory();
    const environment = { LOOKALIKE_RATE_LIMIT: String(RATE) };
    world = await World.create(join(folder, 'data'), environment, dice);
    await search(FEW);
    idleFiles = openFiles(world.server.pid);
  });

  afterAll(async () => {
    await world.server.stop('SIGKILL');
    await removeDirectory(folder);
  });

  /** Every one of them is answered, and with the whole answer. */
  async function search(count: number): Promise<void> {
    for (let at = 0; at < count; at += 1) {
      const query = dice.pick(world.queries);
      const { neighbours } = await neighboursOf(world.server, query, { k: 5, split: 'TRAIN' });
      expect(neighbours).toHaveLength(5);
    }
  }

  /** When all that was opened is closed, nothing of it is left. */
  async function expectRecovery(): Promise<void> {
    await until('it lets go of what was opened', () => {
      return openFiles(world.server.pid) <= idleFiles + FEW;
    });
    await search(FEW);
    expect((await world.server.fetch('/healthz')).status).toBe(200);
  }

  async function opened(text: string): Promise<Socket> {
    const socket = connect(world.server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(text);
    return socket;
  }

  async function searchKey(): Promise<string> {
    const { createAccessKey } = await ask<{ createAccessKey: { secret: string } }>(
      world.server,
      'mutation { createAccessKey(input: { name: "flood", role: SEARCH }) { secret } }',
    );
    return createAccessKey.secret;
  }

  it('answers every search beside 1,000 connections that say nothing, or too slowly', async () => {
    const slow = [
      '',
      'GET /healthz HTTP/1.1\r\nhost: ',
      `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${ADMIN_KEY}\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n{"query":`,
      `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${ADMIN_KEY}\r\napollo-require-preflight: true\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 90000000\r\n\r\n--b\r\n`,
    ];
    const before = residentMiB(world.server.pid);
    const sockets: Socket[] = [];
    for (let at = 0; at < CONNECTIONS; at += 1) {
      sockets.push(await opened(slow[at % slow.length] ?? ''));
    }
    const drip = setInterval(() => {
      for (const socket of sockets) if (!socket.destroyed) socket.write('x');
    }, 300);
    await Promise.all([search(SEARCHES), search(SEARCHES)]);
    expect(residentMiB(world.server.pid) - before).toBeLessThan(MOST_HELD);
    clearInterval(drip);
    for (const socket of sockets) socket.destroy();
    await expectRecovery();
  });

  it('tells a key that floods it to wait, and answers others meanwhile', async () => {
    const secret = await searchKey();
    const statuses = new Map<number, number>();
    const flood = Array.from({ length: 50 }, async () => {
      for (let at = 0; at < 40; at += 1) {
        const response = await fetch(`${world.server.url}/graphql`, {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ datasets { id } }' }),
        });
        await response.arrayBuffer();
        if (response.status === 429) expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      }
    });
    await Promise.all([...flood, search(SEARCHES)]);
    expect([...statuses.keys()].sort()).toEqual([200, 429]);
    expect(statuses.get(429) ?? 0).toBeGreaterThan(statuses.get(200) ?? 0);
    await expectRecovery();
  });

  it('takes so many subscribers of a key and no more, and drops those that do not read', async () => {
    const [baseline] = world.baselines;
    if (!baseline) throw new Error('There is no baseline.');
    const hyperparameters = { ...baseline.hyperparameters, epochs: 300 };
    const run = await startRun(world.server, world.trainedDatasetId, {
      ...baseline,
      hyperparameters,
    });
    const closed: number[] = [];
    const sockets = await Promise.all(
      Array.from({ length: 130 }, () => subscribed(run, (code) => closed.push(code))),
    );
    await until('those over the limit are refused', () => closed.length >= 30);
    expect(closed.filter((code) => code === 4429)).toHaveLength(30);
    const before = residentMiB(world.server.pid);
    // Nothing is read from them any more.
    for (const socket of sockets) socket.pause();
    await search(SEARCHES);
    expect(residentMiB(world.server.pid) - before).toBeLessThan(MOST_HELD / 4);
    // It may have ended by itself.
    await ask(world.server, `mutation { cancelTraining(runId: ${run}) { id } }`).catch(String);
    // It asks whether they are there, every 12 seconds, and waits for no answer twice.
    await until('they are dropped', () => openFiles(world.server.pid) <= idleFiles + FEW, {
      everyMs: 500,
    });
    for (const socket of sockets) socket.terminate();
    await expectRecovery();
  }, 180_000);

  function subscribed(run: string, onClosed: (code: number) => void): Promise<WebSocket> {
    const socket = new WebSocket(
      `ws://127.0.0.1:${world.server.port}/graphql`,
      'graphql-transport-ws',
      { headers: { authorization: `Bearer ${ADMIN_KEY}` } },
    );
    socket.on('close', onClosed);
    socket.on('error', () => undefined);
    const query = `subscription { trainingProgress(runId: ${run}) { run { status phaseProgress } } }`;
    return new Promise((resolve) => {
      socket.on('open', () => {
        socket.send(JSON.stringify({ type: 'connection_init' }));
      });
      socket.on('message', (data: Buffer) => {
        if (!data.toString().includes('connection_ack')) return;
        socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
        resolve(socket);
      });
      socket.on('close', () => resolve(socket));
    });
  }

  it('sends no more large pictures than it can hold to clients that do not read them', async () => {
    const bytes = await noise();
    const words = { label: null, split: 'TRAIN', metadata: [] } as const;
    const [added] = await addImages(world.server, world.ledger.datasetId, [
      { name: 'large.png', bytes, ...words },
    ]);
    const id = added?.image?.id ?? '';
    const before = residentMiB(world.server.pid);
    const readers: Socket[] = [];
    for (let at = 0; at < SLOW_READERS; at += 1) {
      const request = `GET /originals/${id} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${ADMIN_KEY}\r\n\r\n`;
      readers.push((await opened(request)).pause());
    }
    await search(SEARCHES);
    await until('it has had enough', async () => {
      return (await world.server.fetch(`/originals/${id}`)).status === 503;
    });
    expect(residentMiB(world.server.pid) - before).toBeLessThan(MOST_HELD);
    for (const reader of readers) reader.destroy();
    await expectRecovery();
    const answer = await world.server.fetch(`/originals/${id}`);
    expect((await answer.arrayBuffer()).byteLength).toBe(bytes.byteLength);
  });
});

function noise(): Promise<Buffer> {
  const dice = new Dice(1);
  const pixels = Uint8Array.from({ length: LARGE_SIDE ** 2 * 3 }, () => dice.whole(256));
  return sharp(pixels, { raw: { width: LARGE_SIDE, height: LARGE_SIDE, channels: 3 } })
    .png()
    .toBuffer();
}
