import { expect, it } from 'vitest';
import { networkOf } from '../../../server/domain/network.js';

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:ffff::1'],
  ['2001:db8:1:2::', '2001:DB8:0001:2:9:9:9:9'],
  ['fe80::1%eth0', 'fe80::2'],
  ['::1', '0:0:0:0:5:6:7:8'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['1.2.3.4:50001', '1.2.3.4:50002'],
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
