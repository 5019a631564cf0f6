import { createHash } from 'node:crypto';

/** What stands in a page itself, as sources of a policy: `'sha256-…'` of each. */
export interface InlineSources {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** One that is fetched has a `src`. Nothing is told of what is in it: its type may make it no script at all. */
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
const INLINE_STYLE = /<style[^>]*>([\s\S]*?)<\/style>/g;

/** The scripts and styles that stand in a page, by their hashes. */
export function inlineSources(html: string): InlineSources {
  return { scripts: hashesOf(html, INLINE_SCRIPT), styles: hashesOf(html, INLINE_STYLE) };
}

/**
 * The policy of a page of the console (Content Security Policy, level 3): everything comes from this server,
 * and of scripts that stand in the page only those run that are known beforehand. Whatever a label or a name may
 * bring into a page, it is no script.
 */
export function contentPolicy({ scripts, styles }: InlineSources): string {
  return [
    "default-src 'self'",
    ['script-src', "'self'", ...scripts].join(' '),
    ['style-src', "'self'", ...styles].join(' '),
    // Widths of bars and places of points are set in the elements themselves.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    ...CLOSED,
  ].join('; ');
}

/** GraphiQL's one page holds all its scripts; its editor writes styles, and runs workers that it makes itself. */
export function graphiqlPolicy(html: string): string {
  return [
    "default-src 'self'",
    ['script-src', ...inlineSources(html).scripts].join(' '),
    "style-src 'unsafe-inline'",
    'worker-src blob:',
    "img-src 'self' data:",
    'font-src data:',
    ...CLOSED,
  ].join('; ');
}

const CLOSED = [
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
];

/** As browsers hash it: with the line ends that the parser of HTML makes of any. */
function hashesOf(html: string, pattern: RegExp): string[] {
  const hashes = Array.from(html.matchAll(pattern), ([, text = '']) => {
    const read = text.replace(/\r\n?/g, '\n');
    return `'sha256-${createHash('sha256').update(read).digest('base64')}'`;
  });
  return [...new Set(hashes)];
}
