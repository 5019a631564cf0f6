import { expect, it } from 'vitest';
import { HostNames } from '../../../server/http/host-names.js';

function told(names: HostNames, headers: Record<string, string>): string | null {
  return names.faultOf({ headers })?.code ?? null;
}

it.each([
  ...[
    'localhost',
    'localhost:4000',
    'LOCALHOST:4000',
    'x.localhost',
    '127.0.0.1:4000',
    '[::1]:4000',
  ],
  ...['192.168.1.5', '[fe80::1]', 'shop.example:4000', 'Shop.Example', 'shop.example.'],
])('%s is a name of ours', (host) => {
  expect(told(new HostNames('127.0.0.1', ['shop.example'], false), { host })).toBeNull();
});

it.each([
  ...[
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example',
    'xlocalhost',
    '127.0.0.1.evil.example',
  ],
  ...['shop.example.evil.example', 'localhost@evil.example', 'a b', '[::1', 'localhost:x'],
])('%s is none', (host) => {
  expect(told(new HostNames('127.0.0.1', ['shop.example'], false), { host })).toBe('HOST_UNKNOWN');
});

it('where nobody tells a name, none is asked for: browsers always do', () => {
  expect(told(new HostNames('127.0.0.1', [], false), {})).toBeNull();
});

it('what a client says that a proxy said counts only behind one of ours', () => {
  const forged = { host: 'evil.example', 'x-forwarded-host': 'localhost' };
  expect(told(new HostNames('127.0.0.1', [], false), forged)).toBe('HOST_UNKNOWN');
  const behind = new HostNames('127.0.0.1', ['shop.example'], true);
  expect(
    told(behind, { host: 'inner', 'x-forwarded-host': 'evil.example, shop.example' }),
  ).toBeNull();
  expect(told(behind, { host: 'shop.example', 'x-forwarded-host': 'evil.example' })).toBe(
    'HOST_UNKNOWN',
  );
  expect(told(new HostNames('127.0.0.1', [], true), { host: 'any.example' })).toBeNull();
});
