import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import processRequest from 'graphql-upload/processRequest.mjs';
import { expect, it, onTestFinished } from 'vitest';
import { readUpload } from '../../../server/api/upload.js';

/** A file as the multipart parser hands it over. */
function uploaded(stream: Readable): Parameters<typeof readUpload>[0] {
  return Promise.resolve({
    ...{ fieldName: '0', filename: 'a.png', mimetype: 'image/png', encoding: '7bit' },
    createReadStream: () => stream as never,
  });
}

const pieces = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)));

it('the bytes of a file come together, also of one that arrives later', async () => {
  const bytes = await readUpload(uploaded(pieces('ab', '', 'cde')));
  expect(Buffer.from(bytes).toString()).toBe('abcde');
});

it('a file may be as large as the limit, and not larger', async () => {
  expect(await readUpload(uploaded(pieces('ab', 'cd')), 4)).toHaveLength(4);
  const tooLarge = readUpload(uploaded(pieces('ab', 'cde')), 4);
  await expect(tooLarge).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' });
});

it.each([
  ['File truncated as it exceeds the 25000000 byte size limit.', 'UPLOAD_TOO_LARGE'],
  ['Request disconnected during file upload stream parsing.', 'UPLOAD_NOT_AN_IMAGE'],
])('what the parser says is told in our words: %s', async (message, code) => {
  const broken = new Readable({
    read() {
      this.destroy(new Error(message));
    },
  });
  await expect(readUpload(uploaded(broken))).rejects.toMatchObject({ code });
  const never = Promise.reject(new Error(message));
  await expect(readUpload(never)).rejects.toMatchObject({ code });
});

it('a file of a multipart request can be read again while the request is answered', async () => {
  const texts: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const operations = await processRequest(request, response);
      const { file } = (Array.isArray(operations) ? {} : operations.variables) as {
        file: { promise: Parameters<typeof readUpload>[0] };
      };
      const read = async () => texts.push(Buffer.from(await readUpload(file.promise)).toString());
      await read();
      await read();
      response.end();
    })();
  }).listen(0);
  onTestFinished(() => void server.close());
  const form = new FormData();
  form.set('operations', JSON.stringify({ query: '{ a }', variables: { file: null } }));
  form.set('map', JSON.stringify({ 0: ['variables.file'] }));
  form.set('0', new Blob(['abc'.repeat(50_000)]), 'a.png');
  const { port } = server.address() as AddressInfo;
  await fetch(`http://localhost:${port}`, { method: 'POST', body: form });
  expect(texts).toEqual(['abc'.repeat(50_000), 'abc'.repeat(50_000)]);
});

it('a large file is read a few times and no more, however often it is named', async () => {
  const chunk = Buffer.alloc(1_000_000);
  const createReadStream = () => Readable.from(new Array<Buffer>(60).fill(chunk));
  const fields = { fieldName: '0', filename: 'x.png', mimetype: 'image/png', encoding: '7bit' };
  const file = Promise.resolve({ ...fields, createReadStream: createReadStream as never });
  for (let time = 0; time < 3; time += 1) {
    expect((await readUpload(file)).byteLength).toBe(60_000_000);
  }
  await expect(readUpload(file)).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' });
});
