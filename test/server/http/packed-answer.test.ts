import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { endPacked } from '../../../server/http/packed-answer.js';

const LONG = JSON.stringify({ data: 'Prüfung '.repeat(1000) });
const SHORT = JSON.stringify({ data: 'Prüfung' });

/** What is sent of a text to who accepts these encodings. */
async function sent(text: string, accepted: string) {
  const server = createServer((asked, response) => void endPacked(asked, response, text));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const headers = { 'accept-encoding': accepted };
  const asked = request({ host: '127.0.0.1', port, headers }).end();
  const [response] = (await once(asked, 'response')) as [
    AsyncIterable<Buffer> & { headers: Record<string, string> },
  ];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return { headers: response.headers, bytes: Buffer.concat(parts) };
}

it('a long answer is packed for who accepts it, and says the same', async () => {
  const { headers, bytes } = await sent(LONG, 'gzip, deflate, br');
  expect(headers['content-encoding']).toBe('gzip');
  expect(headers['content-length']).toBe(String(bytes.byteLength));
  expect(bytes.byteLength).toBeLessThan(1000);
  expect(gunzipSync(bytes).toString()).toBe(LONG);
});

it.each([
  ['a long answer', '', LONG],
  ['a long answer', 'br, gzip;q=0', LONG],
  ['a short answer', 'gzip', SHORT],
])('%s is sent as it is: accepted is "%s"', async (_, accepted, text) => {
  const { headers, bytes } = await sent(text, accepted);
  expect(headers['content-encoding']).toBeUndefined();
  expect(headers['content-length']).toBe(String(bytes.byteLength));
  expect(bytes.toString()).toBe(text);
});
