import type { IncomingMessage } from 'node:http';

const LONGEST = 64;

/**
 * The address that a request comes from. Behind a proxy of ours it is the last one in `X-Forwarded-For`: what the
 * client itself wrote there stands before what the proxy has added.
 */
export function clientAddress(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  isBehindProxy: boolean,
): string {
  const forwarded = isBehindProxy ? String(headers['x-forwarded-for'] ?? '') : '';
  const last = forwarded.split(',').at(-1)?.trim().slice(0, LONGEST);
  return last || (socket.remoteAddress ?? '');
}
