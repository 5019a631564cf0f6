import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, relative } from 'node:path';
import { contentPolicy, inlineSources, type InlineSources } from './content-policy.js';
import { pathOf } from './request-path.js';

const POLICY = 'content-security-policy';
/** Sent in the place of pages that are not there, or went wrong: whoever asks cannot know. */
const INSTEAD = ['/_not-found', '/_global-error', '/404', '/500'];
const EXTENSION = '.html';
/** Of a file that is no page, and loads nothing: a page's policy is four times as long as most of them. */
const FILE_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
/** What the build adds to the names of files that lie among the pages. */
const FILE_EXTENSION = '.body';

/**
 * Gives every page of the console its policy. What the build has written as a file has scripts that are known
 * by their hashes; where Next.js makes a page when it is asked for, it puts the nonce that the request's own
 * header names into each script of its making, and only those. Nothing that a page is sent with is trusted
 * because it is there.
 */
export function createConsolePolicies(
  directory: string,
): (request: IncomingMessage, response: ServerResponse) => void {
  const built = builtPages(join(directory, '.next', 'server'));
  const policies = new Map([
    ...filesOf(directory).map((path) => [path, FILE_POLICY] as const),
    ...[...built].map(([path, sources]) => [path, contentPolicy(sources)] as const),
  ]);
  const instead = INSTEAD.flatMap((path) => built.get(path) ?? []);
  return (request, response) => {
    delete request.headers['content-security-policy'];
    const path = pathOf(request.url);
    const known = policies.get(path);
    if (known !== undefined) {
      response.setHeader(POLICY, known);
      return;
    }
    const nonce = `'nonce-${randomBytes(16).toString('base64')}'`;
    const policy = contentPolicy({
      scripts: [nonce, ...instead.flatMap(({ scripts }) => scripts)],
      styles: instead.flatMap(({ styles }) => styles),
    });
    request.headers[POLICY] = policy;
    response.setHeader(POLICY, policy);
  };
}

/** The paths of the files that the console has beside its pages, scripts and styles: an icon, say. */
function filesOf(directory: string): string[] {
  const among = join(directory, '.next', 'server', 'app');
  const built = namesIn(among).filter((name) => name.endsWith(FILE_EXTENSION));
  return [
    ...namesIn(join(directory, 'public')),
    ...built.map((name) => name.slice(0, -FILE_EXTENSION.length)),
  ].map((name) => `/${name}`);
}

/** The names of all files below a folder, with `/` between their parts; none where there is no such folder. */
function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'));
}

/** What stands in each page that the build has written, by its path. */
function builtPages(folder: string): ReadonlyMap<string, InlineSources> {
  const pages = new Map<string, InlineSources>();
  for (const router of ['app', 'pages']) {
    const of = join(folder, router);
    for (const name of namesIn(of)) {
      if (!name.endsWith(EXTENSION)) continue;
      const path = `/${name.slice(0, -EXTENSION.length)}`;
      const sources = inlineSources(readFileSync(join(of, name), 'utf8'));
      pages.set(path === '/index' ? '/' : path, sources);
    }
  }
  return pages;
}
