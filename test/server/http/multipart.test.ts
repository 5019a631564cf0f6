import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import GraphQLUpload from 'graphql-upload/GraphQLUpload.mjs';
import processRequest from 'graphql-upload/processRequest.mjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readUpload } from '../../../server/api/upload.js';
import { readMultipart } from '../../../server/http/multipart.js';

const LIMITS = { maxFiles: 3 };
const OPERATIONS = JSON.stringify({ query: '{ a }', variables: { file: null, more: [null] } });
const MAP = JSON.stringify({ 0: ['variables.file'] });

type Operations = { readonly variables: { readonly file: unknown; readonly more: unknown[] } };
type File = Parameters<typeof readUpload>[0];

/** What a server that reads requests so says to one: the files that it got, or what is wrong. */
async function told(reader: typeof readMultipart, body: BodyInit, headers = {}): Promise<unknown> {
  const server = createServer((request, response) => {
    void reader(request, response, LIMITS)
      .then(async (operations) => {
        const { file, more } = (operations as Operations).variables;
        const uploads = [file, ...more].filter((value) => value !== null);
        const files = uploads.map(async (upload) => {
          const received = GraphQLUpload.parseValue(upload) as File;
          const { filename, createReadStream } = await received;
          const bytes = Buffer.from(await readUpload(received)).toString();
          // Again, and as a stream.
          return { filename, bytes, isSame: (await text(createReadStream())) === bytes };
        });
        return { files: await Promise.all(files) };
      })
      .catch((thrown: unknown) => ({ wrong: (thrown as Error).message }))
      .then((answer) => response.end(JSON.stringify(answer)));
  }).listen(0);
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const options = { method: 'POST', body, headers, duplex: 'half' };
  return (await fetch(`http://localhost:${port}`, options)).json();
}

/** In the order of the parts; files have a name of one character. */
function formOf(parts: Readonly<Record<string, string | Blob>>): FormData {
  const form = new FormData();
  // Keys that are numbers come first of an object.
  const ordered = Object.entries(parts).sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));
  for (const [name, value] of ordered) {
    if (typeof value === 'string') form.set(name, value);
    else form.set(name, value, `${name}.png`);
  }
  return form;
}

function mapFirst(): FormData {
  const form = new FormData();
  form.set('map', MAP);
  form.set('operations', OPERATIONS);
  return form;
}

const PICTURE = new Blob(['pixels']);
const isRead = { files: [{ filename: '0.png', bytes: 'pixels', isSame: true }] };

describe('a file is put where the map says', () => {
  it('of a small request', async () => {
    const form = formOf({ operations: OPERATIONS, map: MAP, 0: PICTURE });
    expect(await told(readMultipart, form)).toEqual(isRead);
  });

  it('each of several, and one in several places', async () => {
    const map = JSON.stringify({ 0: ['variables.more.0'], 1: ['variables.file'] });
    const form = formOf({ operations: OPERATIONS, map, 0: PICTURE, 1: new Blob(['others']) });
    expect(await told(readMultipart, form)).toMatchObject({
      files: [{ bytes: 'others' }, { bytes: 'pixels' }],
    });
    const twice = JSON.stringify({ 0: ['variables.more.0', 'variables.file'] });
    const again = formOf({ operations: OPERATIONS, map: twice, 0: PICTURE });
    expect(await told(readMultipart, again)).toMatchObject({
      files: [{ bytes: 'pixels' }, { bytes: 'pixels' }],
    });
  });

  it('of a large request, and of one that does not tell its length', async () => {
    const large = 'abc'.repeat(500_000);
    const form = formOf({ operations: OPERATIONS, map: MAP, 0: new Blob([large]) });
    const answer = (await told(readMultipart, form)) as { files: { bytes: string }[] };
    expect(answer.files[0]?.bytes === large).toBe(true);
    const small = new Response(formOf({ operations: OPERATIONS, map: MAP, 0: PICTURE }));
    const headers = { 'content-type': small.headers.get('content-type') ?? '' };
    expect(await told(readMultipart, small.body as BodyInit, headers)).toEqual(isRead);
  });
});

describe('graphql-upload has the last word on', () => {
  const good = { operations: OPERATIONS, map: MAP, 0: PICTURE };
  const typed = { 'content-type': 'multipart/form-data; boundary=b' };
  it.each<[string, BodyInit, object?]>([
    ['operations that are no JSON', formOf({ ...good, operations: '{' })],
    ['operations that are null', formOf({ ...good, operations: 'null' })],
    ['no operations', formOf({ map: MAP, 0: PICTURE })],
    ['no map', formOf({ operations: OPERATIONS })],
    ['a map that is a list', formOf({ ...good, map: '[]' })],
    ['a map without lists', formOf({ ...good, map: '{"0":"variables.file"}' })],
    ['a map of numbers', formOf({ ...good, map: '{"0":[1]}' })],
    ['a map before the operations', mapFirst()],
    ['a file that is missing', formOf({ operations: OPERATIONS, map: MAP })],
    ['a file that nobody wants', formOf({ ...good, 1: PICTURE })],
    ['too many files', formOf({ ...good, 1: PICTURE, 2: PICTURE, 3: PICTURE })],
    [
      'a body that is cut short',
      '--b\r\nContent-Disposition: form-data; name="map"\r\n\r\n',
      typed,
    ],
    ['a body that is none', 'nothing', typed],
  ])('%s', async (_, body, headers) => {
    const ofOthers = (await told(processRequest, body, headers)) as object;
    expect(Object.keys(ofOthers)).toHaveLength(1);
    expect(await told(readMultipart, body, headers)).toEqual(ofOthers);
  });

  it('a path that leads out of the operations', async () => {
    const map = '{"0":["__proto__.polluted","constructor.prototype.polluted"]}';
    await told(readMultipart, formOf({ operations: OPERATIONS, map, 0: PICTURE }));
    expect({}).not.toHaveProperty('polluted');
  });
});
