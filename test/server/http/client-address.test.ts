import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { clientAddress, networkOf } from '../../../server/http/client-address.js';

function from(remoteAddress: string, forwarded?: string) {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
}

it('is what the connection tells, whatever the client claims', () => {
  expect(clientAddress(from('10.0.0.1', '1.2.3.4'), false)).toBe('10.0.0.1');
});

it('is what a proxy of ours has added last', () => {
  expect(clientAddress(from('10.0.0.1', '1.2.3.4, 5.6.7.8'), true)).toBe('5.6.7.8');
  expect(clientAddress(from('10.0.0.1'), true)).toBe('10.0.0.1');
  expect(clientAddress(from('10.0.0.1', 'x'.repeat(10_000)), true).length).toBeLessThan(100);
});

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:ffff::1'],
  ['2001:db8:1:2::', '2001:DB8:0001:2:9:9:9:9'],
  ['fe80::1%eth0', 'fe80::2'],
  ['::1', '0:0:0:0:5:6:7:8'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
])('%s counts as %s', (one, other) => {
  expect(networkOf(one)).toBe(networkOf(other));
});

it.each([
  ['2001:db8:1:2::1', '2001:db8:1:3::1'],
  ['1.2.3.4', '1.2.3.5'],
  ['::ffff:1.2.3.4', '::ffff:1.2.3.5'],
])('%s does not count as %s', (one, other) => {
  expect(networkOf(one)).not.toBe(networkOf(other));
});
