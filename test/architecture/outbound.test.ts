import { expect, it } from 'vitest';
import { sourceFiles, sourceOf } from './source-files.js';

/** What reaches other machines. Types are only types, and a server may be one. */
const OUTBOUND = [
  /(?<![.\w])fetch\(/,
  /^import (?!type\b).* from '(node:(tls|https|http2|dgram|dns)|undici|axios|got)/m,
  /^import [^;]*\b(request|get|Agent)\b[^;]* from 'node:http'/m,
  /^import (?!type\b)[^;]*(?<!type )\b(connect|createConnection|Socket)\b[^;]* from 'node:net'/m,
];

it('the server fetches nothing: an address that somebody sends it is only text', () => {
  const files = sourceFiles('server').filter((file) => !/^server\/(setup|cli)\//.test(file));
  expect(files.filter((file) => reachesOut(sourceOf(file)))).toEqual([]);
});

it.each([
  ['const answer = await fetch(url);', true],
  ["import { connect } from 'node:net';", true],
  ["import { createServer, request } from 'node:http';", true],
  ["import type { Socket } from 'node:net';", false],
  ["import { isIP } from 'node:net';", false],
  ["import { createServer, type IncomingMessage } from 'node:http';", false],
  ['await this.client.fetch(row);', false],
])('%s', (text, isFound) => {
  expect(reachesOut(text)).toBe(isFound);
});

function reachesOut(text: string): boolean {
  return OUTBOUND.some((pattern) => pattern.test(text));
}
