import { buildSchema, parse, print, type DocumentNode } from 'graphql';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as generated from '../../web/gql/graphql.js';
import { colouredPicture } from '../integration/picture-folder.js';
import { OPERATIONS } from '../server/http/access/operations.js';
import { startFuzzedServer, type FuzzedServer } from './fuzzed-server.js';
import { below, mutatedBytes, mutatedJson, mutatedText, oneOf } from './mutations.js';
import { HANGS_MS, tryAll } from './rounds.js';
import { variablesFor } from './variables.js';
import { clientFrame, openingOf } from './web-socket-frames.js';

const JSON_TYPE = 'application/json';
/** What takes away what the others are asked for. */
const DELETES = /delete|Delete/;
const IDS = { datasetId: '1', imageId: '1', modelId: '1', runId: '1', sweepId: '1' };

const DOCUMENTS = [
  ...Object.entries(generated).flatMap(([name, value]) =>
    name.endsWith('Document') ? [print(value as unknown as DocumentNode)] : [],
  ),
  ...OPERATIONS.map(({ document }) => document(IDS)),
].filter((text) => !DELETES.test(text));

let fuzzed: FuzzedServer;

beforeAll(async () => {
  fuzzed = await startFuzzedServer();
});

afterAll(() => fuzzed.close());

it('documents with the variables that they ask for, and others', async () => {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
  await tryAll('GraphQL variables', { rounds: 1200, together: 8 }, async (random) => {
    const query = oneOf(DOCUMENTS, random);
    const variables = variablesFor(schema, parse(query), fuzzed.known, random);
    const body = JSON.stringify({ query, variables });
    return told(await fuzzed.post(body, JSON_TYPE), body);
  });
  expect(await fuzzed.harm()).toBeNull();
});

it('harmed documents and bodies', async () => {
  await tryAll('GraphQL documents', { rounds: 2000, together: 8 }, async (random) => {
    const query = mutatedText(oneOf(DOCUMENTS, random), oneOf(DOCUMENTS, random), random);
    const request = { query, variables: { id: '1', datasetId: '1', first: 3 } };
    const whole = random() < 0.8 ? request : mutatedJson(request, random);
    const text = JSON.stringify(whole);
    const body = random() < 0.9 ? text : mutatedText(text, query, random);
    return told(await fuzzed.post(body, JSON_TYPE), body);
  });
  expect(await fuzzed.harm()).toBeNull();
});

it('harmed multipart bodies', async () => {
  const picture = await colouredPicture(1);
  const bodies = OPERATIONS.filter(({ takesFile }) => takesFile).map(({ document }) => {
    const operations = JSON.stringify({ query: document(IDS), variables: { file: null } });
    return multipart(operations, JSON.stringify({ 0: ['variables.file'] }), picture);
  });
  await tryAll('multipart bodies', { rounds: 1200, together: 8 }, async (random) => {
    const body = mutatedBytes(oneOf(bodies, random), oneOf(bodies, random), random);
    const type = `multipart/form-data; boundary=${BOUNDARY}`;
    const said = random() < 0.9 ? type : mutatedText(type, type, random).replace(/[^ -~]/g, '');
    return told(await fuzzed.post(new Uint8Array(body), said), body.toString('base64'));
  });
  expect(await fuzzed.harm()).toBeNull();
});

it('harmed frames of WebSocket connections', async () => {
  const { port } = fuzzed.server;
  const messages = [
    { type: 'connection_init' },
    ...['{ datasets { id } }', 'subscription { trainingProgress(runId: 1) { run { id } } }'].map(
      (query) => ({ id: 'a', type: 'subscribe', payload: { query } }),
    ),
    ...[{ type: 'ping' }, { id: 'a', type: 'complete' }, { type: 'pong', payload: {} }],
  ];
  await tryAll('WebSocket frames', { rounds: 900, together: 8 }, async (random) => {
    const sent = Array.from({ length: 1 + below(5, random) }, (_, at) => {
      const message = at === 0 && random() < 0.7 ? messages[0] : oneOf(messages, random);
      const text = JSON.stringify(random() < 0.5 ? message : mutatedJson(message, random));
      return clientFrame(Buffer.from(text), oneOf([1, 1, 1, 1, 2, 8, 9], random));
    });
    const frames = Buffer.concat(sent);
    const harmed = random() < 0.6 ? mutatedBytes(frames, frames, random) : frames;
    return told(await talk(port, harmed), harmed.toString('base64'));
  });
  expect(await fuzzed.harm()).toBeNull();
});

const BOUNDARY = 'fuzz-boundary';

function multipart(operations: string, map: string, file: Uint8Array): Buffer {
  const part = (disposition: string) =>
    `--${BOUNDARY}\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(`${part('name="operations"')}${operations}\r\n`),
    Buffer.from(`${part('name="map"')}${map}\r\n`),
    Buffer.from(part('name="0"; filename="x.png"')),
    file,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
}

/** Opens a connection, sends the frames, and says goodbye. @returns what is wrong, or null */
function talk(port: number, frames: Uint8Array): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let isOpen = false;
    const hangs = setTimeout(() => done('the connection is not closed'), HANGS_MS);
    const done = (wrong: string | null) => {
      clearTimeout(hangs);
      socket.destroy();
      resolve(wrong);
    };
    socket.on('error', () => done(null));
    socket.on('close', () => done(isOpen ? null : 'the connection is not opened'));
    socket.once('data', (answer) => {
      isOpen = answer.toString('latin1').startsWith('HTTP/1.1 101');
      socket.write(frames);
      socket.end();
    });
    socket.write(openingOf(fuzzed.headers));
  });
}

/** What is wrong, with what was sent. */
function told(wrong: string | null, sent: string): string | null {
  return wrong === null ? null : `${wrong} to ${sent.slice(0, 2000)}`;
}
