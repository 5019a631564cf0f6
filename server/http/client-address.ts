import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

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

/** The groups of an IPv6 address that tell the network; whoever has one has all 2^64 addresses in it. */
const NETWORK_GROUPS = 4;
const GROUPS = 8;
/** IPv4 written as IPv6 (RFC 4291, section 2.5.5.2). */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** What requests of one address are counted by: of IPv6 the /64, as one machine is given all of it. */
export function networkOf(address: string): string {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const left = tail === undefined ? 0 : GROUPS - first.length - last.length;
  const groups = [...first, ...new Array<string>(Math.max(0, left)).fill('0'), ...last];
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
