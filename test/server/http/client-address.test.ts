import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { clientAddress } from '../../../server/http/client-address.js';

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
