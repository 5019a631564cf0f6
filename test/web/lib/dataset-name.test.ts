import { expect, it } from 'vitest';
import { nameFromTitle, nameProblem } from '../../../web/lib/dataset-name';

it.each([
  ['Shoes', 'shoes'],
  ['Café Möbel 2024', 'cafe-mobel-2024'],
  ['  2024: Holiday photos!  ', 'holiday-photos'],
  ['Straße', 'strasse'],
  ['写真', ''],
  [`${'a'.repeat(63)} b`, 'a'.repeat(63)],
])('%j is named %j', (title, name) => {
  expect(nameFromTitle(title)).toBe(name);
  if (name !== '') expect(nameProblem(name)).toBeNull();
});

it.each(['', 'Shoes', '1-shoe', '-shoe', 'red shoes', 'a'.repeat(65), 'ü'])(
  '%j is no name',
  (name) => {
    expect(nameProblem(name)).toContain('lower-case letters');
  },
);
