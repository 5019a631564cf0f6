import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createConsoleFilesHandler } from '../../../server/http/console-files.js';
import { packFolder } from '../../../server/setup/files/packed.mjs';

const SCRIPT = 'export const words = "look alike";\n'.repeat(50);
const PATH = '/_next/static/chunks/page.js';

/** A built console of one script, packed or not; what is not served from it is answered with 418. */
async function serving(isPacked = true) {
  const directory = await mkdtemp(join(tmpdir(), 'lookalike-console-'));
  const chunks = join(directory, '.next', 'static', 'chunks');
  const script = join(chunks, 'page.js');
  await mkdir(chunks, { recursive: true });
  await writeFile(script, SCRIPT);
  await writeFile(join(chunks, 'picture.png'), 'not packed');
  if (isPacked) packFolder(join(directory, '.next', 'static'));
  const serve = createConsoleFilesHandler(directory);
  const server = createServer((asked, response) => {
    void serve(asked, response).then((isServed) => {
      if (!isServed) response.writeHead(418).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await rm(directory, { recursive: true, force: true });
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const ask = async (path: string, accepted: string, method = 'GET') => {
    const headers = { 'accept-encoding': accepted };
    const asked = request({ host: '127.0.0.1', port, path, method, headers }).end();
    const [response] = (await once(asked, 'response')) as [AsyncIterable<Buffer> & Answer];
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part);
    const { statusCode, headers: answered } = response;
    return { status: statusCode, headers: answered, bytes: Buffer.concat(parts) };
  };
  return { ask, script };
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
}

describe('a script of the console', () => {
  it.each([
    ['br', 'br', brotliDecompressSync],
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip;q=0.5, BR;q=0.9', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['gzip, br; q=0.0', 'gzip', gunzipSync],
  ] as const)('is sent packed to who accepts %s: %s', async (accepted, encoding, unpack) => {
    const { ask } = await serving();
    const { status, headers, bytes } = await ask(`${PATH}?dpl=1`, accepted);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/javascript; charset=UTF-8',
      'content-encoding': encoding,
      'content-length': String(bytes.byteLength),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(unpack(bytes).toString()).toBe(SCRIPT);
    expect(bytes.byteLength).toBeLessThan(SCRIPT.length);
  });

  it.each(['', 'deflate', 'br;q=0', 'gzip;q=0, br; q=0.0', 'broken', '*'])(
    'is left to Next.js for who accepts "%s"',
    async (accepted) => {
      const { ask } = await serving();
      expect((await ask(PATH, accepted)).status).toBe(418);
    },
  );

  it('is left to Next.js where nothing was packed', async () => {
    const { ask } = await serving(false);
    expect((await ask(PATH, 'br, gzip')).status).toBe(418);
  });

  it('is left to Next.js once its packed file is gone', async () => {
    const { ask, script } = await serving();
    await rm(`${script}.br`);
    expect((await ask(PATH, 'br')).status).toBe(418);
  });

  it('is read, not written to', async () => {
    const { ask } = await serving();
    expect((await ask(PATH, 'br', 'POST')).status).toBe(418);
  });
});

it.each([
  '/_next/static/chunks/picture.png',
  '/_next/static/chunks/page.js.br',
  '/_next/static/chunks/page.js.gz',
  '/_next/static/chunks/../chunks/page.js',
  '/_next/static/../../secret.js',
  '/',
])('%s is nothing of the packed files', async (path) => {
  const { ask } = await serving();
  expect((await ask(path, 'br, gzip')).status).toBe(418);
});
