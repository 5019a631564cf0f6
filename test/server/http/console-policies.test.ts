import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConsolePolicies } from '../../../server/http/console-policies.js';
import { inlineSources } from '../../../server/http/content-policy.js';

const PAGES = {
  'app/index.html': '<script>start()</script>',
  'app/runs/new.html': '<script>form()</script>',
  'app/_not-found.html': '<script>missing()</script>',
  'pages/500.html': '<style>b{}</style>',
};

const FILES = [
  ['public/early.js', 'early()'],
  ['public/pictures/a.png', ''],
  ['public/runs/new', ''],
  ['.next/server/app/icon.svg.body', '<svg/>'],
] as const;

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lookalike-policies-'));
  const built = Object.entries(PAGES).map(
    ([name, html]) => [`.next/server/${name}`, html] as const,
  );
  for (const [name, text] of [...built, ...FILES]) {
    const file = join(directory, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
});

afterAll(() => rm(directory, { recursive: true }));

/** The policy that the browser gets, and the one that Next.js is told. */
function policiesOf(url: string, headers: IncomingMessage['headers'] = {}) {
  const request = { url, headers } as IncomingMessage;
  const sent: string[] = [];
  const response = {
    setHeader: (_name: string, value: string) => sent.push(value),
  } as unknown as ServerResponse;
  createConsolePolicies(directory)(request, response);
  return { sent: sent.join(), told: headers['content-security-policy'] };
}

function hashIn(html: string): string {
  return inlineSources(html).scripts.join(' ');
}

it.each([
  ['/', PAGES['app/index.html']],
  ['/runs/new?dataset=1', PAGES['app/runs/new.html']],
])('%s has the scripts that it was built with, and no others', (url, html) => {
  const { sent, told } = policiesOf(url);
  expect(sent).toContain(`script-src 'self' ${hashIn(html)};`);
  expect(told).toBeUndefined();
});

it.each(['/early.js', '/pictures/a.png', '/icon.svg?v=1'])(
  '%s is no page, and loads nothing',
  (url) => {
    const { sent, told } = policiesOf(url);
    expect(sent).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    );
    expect(told).toBeUndefined();
  },
);

it('a folder of files is none, nor is a page that a file bears the name of', () => {
  expect(policiesOf('/pictures').sent).toContain("'nonce-");
  expect(policiesOf('/runs/new').sent).toContain(hashIn(PAGES['app/runs/new.html']));
});

it('a page that is made when it is asked for has a nonce that nobody knows before', () => {
  const [one, other] = [policiesOf('/runs/1'), policiesOf('/runs/1')];
  const nonceIn = (policy: string) => /'nonce-([\w+/=]+)'/.exec(policy)?.[1];
  expect(nonceIn(one.sent)).toHaveLength(24);
  expect(nonceIn(one.sent)).not.toBe(nonceIn(other.sent));
  expect(one.told).toBe(one.sent);
  // It may be that there is no such page.
  expect(one.sent).toContain(hashIn(PAGES['app/_not-found.html']));
});

it('what is sent in the place of a file that is not there runs no other scripts either', () => {
  expect(policiesOf('/_next/x').sent).toContain("script-src 'self' 'nonce-");
});

it('whoever asks cannot name the nonce', () => {
  const chosen = "script-src 'nonce-chosen'";
  for (const url of ['/', '/runs/1', '/_next/x']) {
    const { sent, told } = policiesOf(url, { 'content-security-policy': chosen });
    expect(`${sent} ${String(told)}`).not.toContain('chosen');
  }
});
