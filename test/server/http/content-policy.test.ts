import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  contentPolicy,
  graphiqlPolicy,
  inlineSources,
} from '../../../server/http/content-policy.js';

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

it('knows the scripts and styles that stand in a page, each once', () => {
  const html = `<head><style>a{}</style><script src="/x.js"></script><script async src='/y.js'></script>
    <script id="_R_">one()</script></head><script>two()</script><script>one()</script>`;
  expect(inlineSources(html)).toEqual({
    scripts: [hashOf('one()'), hashOf('two()')],
    styles: [hashOf('a{}')],
  });
});

it('hashes line ends as a browser reads them', () => {
  const [lines, others] = ['a()\r\nb()\rc()', 'a()\nb()\nc()'].map(
    (text) => inlineSources(`<script>${text}</script>`).scripts,
  );
  expect(lines).toEqual(others);
});

it('allows no script by what it looks like: neither inline nor made of text', () => {
  const policy = contentPolicy({ scripts: [hashOf('x')], styles: [] });
  const [, sources = ''] = /script-src ([^;]+)/.exec(policy) ?? [];
  expect(sources.split(' ')).toEqual(["'self'", hashOf('x')]);
  expect(policy).not.toContain('unsafe-eval');
  const explorer = graphiqlPolicy('<script>run()</script>');
  expect(explorer).toContain(`script-src ${hashOf('run()')};`);
});
