import { expect, it } from 'vitest';
import { loginAddress, returnAddress } from '../../../web/lib/session';

const ORIGIN = 'http://localhost:4000';

function back(wanted: string): string {
  return returnAddress(`?return=${encodeURIComponent(wanted)}`, ORIGIN);
}

it('the login leads back to the page that one came from', () => {
  const [, search = ''] = loginAddress('/runs/1?epoch=2').split('?');
  expect(returnAddress(`?${search}`, ORIGIN)).toBe('/runs/1?epoch=2');
  expect(returnAddress('', ORIGIN)).toBe('/');
});

it.each([
  'https://evil.example/',
  '//evil.example/x',
  '/.//evil.example/x',
  `${ORIGIN}//evil.example`,
  '/\\evil.example',
  'javascript:alert(1)',
  'http://localhost:4001/',
  '/login?return=/login',
  'http://[',
])('and to no other place: %s', (wanted) => {
  expect(back(wanted)).toBe('/');
});
