const LOCAL = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** Where a server that listens there answers. */
export function addressOf(host: string, port: number): string {
  const named = host === '127.0.0.1' ? 'localhost' : host;
  return `http://${named.includes(':') ? `[${named}]` : named}:${port}`;
}

/**
 * How to log in with a new key. It stands behind the `#` of the address, which browsers send to no server,
 * so that it comes into no log.
 */
export function loginWords(url: string, key: string): string {
  return [
    '',
    `Log in:  ${url}/login#${key}`,
    '',
    'Whoever has this link may do everything here. It holds your key, which is shown this once and not',
    'kept: only its hash is. Save it; `npm run admin-key` makes another one when it is lost.',
    '',
  ].join('\n');
}

/** Where no terminal shows a first key: what is printed goes to a log then, which others read, and keep. */
export const keylessWords =
  'Nobody can log in yet: `npm run admin-key` makes a key and prints the link to log in with it.';

/** What is to be said of a server that others can reach over plain HTTP; null where nobody can. */
export function exposureWarning({
  host,
  isBehindProxy,
}: {
  readonly host: string;
  readonly isBehindProxy: boolean;
}): string | null {
  if (LOCAL.test(host) || isBehindProxy) return null;
  return [
    `EXPOSED WITHOUT ENCRYPTION: HOST is ${host}, so that other machines can reach this server,`,
    'and keys, cookies and pictures cross the network for everybody on it to read. Put a proxy that',
    'speaks TLS before it and set LOOKALIKE_TRUSTED_PROXY=yes, or set HOST=127.0.0.1.',
  ].join(' ');
}
