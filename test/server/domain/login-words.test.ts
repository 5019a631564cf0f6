import { expect, it } from 'vitest';
import { addressOf, exposureWarning, loginWords } from '../../../server/domain/login-words.js';

it.each([
  ['127.0.0.1', 'http://localhost:4000'],
  ['192.168.0.7', 'http://192.168.0.7:4000'],
  ['::1', 'http://[::1]:4000'],
])('a server that listens on %s is at %s', (host, address) => {
  expect(addressOf(host, 4000)).toBe(address);
});

it('the key of the link is sent to no server', () => {
  const link = /http\S+/.exec(loginWords('http://localhost:4000', 'lk_secret'))?.[0] ?? '';
  expect(new URL(link)).toMatchObject({ pathname: '/login', search: '', hash: '#lk_secret' });
});

it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('%s is reached by nobody else', (host) => {
  expect(exposureWarning({ host, isBehindProxy: false })).toBeNull();
});

it.each(['0.0.0.0', '::', '192.168.0.7', 'example.org'])('%s is, and that is said', (host) => {
  expect(exposureWarning({ host, isBehindProxy: false })).toContain(`EXPOSED`);
  expect(exposureWarning({ host, isBehindProxy: true })).toBeNull();
});
