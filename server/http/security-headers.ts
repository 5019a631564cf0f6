import type { ServerResponse } from 'node:http';

/**
 * What a page may not do, whatever it holds: send its address elsewhere, be framed by others, have its links
 * led elsewhere, run plug-ins; and nothing is taken for another kind of file than it is said to be.
 */
const HEADERS: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'same-origin'],
  ['x-frame-options', 'SAMEORIGIN'],
  ['cross-origin-opener-policy', 'same-origin'],
  [
    'content-security-policy',
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
  ],
];

/** Before the answer is given: whoever gives it may say more, or something stricter. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of HEADERS) response.setHeader(name, value);
}
