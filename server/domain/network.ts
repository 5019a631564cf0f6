import type { Caller } from './access.js';

/** The groups of an IPv6 address that tell the network; whoever has one has all 2^64 addresses in it. */
const NETWORK_GROUPS = 4;
const GROUPS = 8;
/** Also written as IPv6 (RFC 4291, section 2.5.5.2), and with the port that some proxies tell. */
const IPV4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/i;
const IPV6 = /^[\da-f]*:[\da-f:.]*(?:%.*)?$/i;

/** What requests of one address are counted by: of IPv6 the /64, as one machine is given all of it. */
export function networkOf(address: string): string {
  const ipv4 = IPV4.exec(address)?.[1];
  if (ipv4 !== undefined) return ipv4;
  if (!IPV6.test(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const left = tail === undefined ? 0 : GROUPS - first.length - last.length;
  const groups = [...first, ...new Array<string>(Math.max(0, left)).fill('0'), ...last];
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}

/** What the requests of a caller are counted by: its key, or where it has none the network that it asks from. */
export function countedAs(caller: Pick<Caller, 'keyId'> | null, address: string): string {
  return caller?.keyId == null ? networkOf(address) : String(caller.keyId);
}
