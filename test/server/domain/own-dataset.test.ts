import { describe, expect, it } from 'vitest';
import { checkDatasetName, datasetTitleOf } from '../../../server/domain/dataset-name.js';
import { isDiskFull } from '../../../server/domain/disk-full.js';
import { LookalikeError } from '../../../server/domain/errors.js';
import { checkImageWords, sameMetadata } from '../../../server/domain/image-description.js';
import { splitOf } from '../../../server/domain/split-assignment.js';

describe('the name of a dataset', () => {
  it.each(['a', 'shoes-2024', 'x'.repeat(64)])('may be %s', (name) => {
    expect(() => checkDatasetName(name)).not.toThrow();
  });

  it.each(['', 'Shoes', '2024', '-a', 'a b', 'a/b', 'a_b', 'schuhe\u00fc', 'x'.repeat(65), 'a\n'])(
    'may not be %j',
    (name) => {
      expect(() => checkDatasetName(name)).toThrow(
        expect.objectContaining({ code: 'DATASET_NAME_INVALID' }),
      );
    },
  );

  it.each(['a\0', 'half \ud83d'])('has no title with a broken character', (title) => {
    expect(() => datasetTitleOf('shoes', title)).toThrow(/Take that out/);
  });

  it('is the title where none is given', () => {
    expect(datasetTitleOf('shoes', null)).toBe('shoes');
    expect(datasetTitleOf('shoes', '  ')).toBe('shoes');
    expect(datasetTitleOf('shoes', ' My shoes ')).toBe('My shoes');
    expect(() => datasetTitleOf('shoes', 'x'.repeat(101))).toThrow('over 100 characters');
  });
});

describe('what is said of an image', () => {
  const entries = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ key: `key ${at}`, value: '' }));

  it('may go to the limits', () => {
    const longest = { key: 'k'.repeat(64), value: 'v'.repeat(1000) };
    const metadata = [longest, ...entries(99)];
    expect(() => checkImageWords({ label: 'l'.repeat(200), metadata })).not.toThrow();
    expect(() => checkImageWords({ label: null, metadata: [] })).not.toThrow();
  });

  it.each([
    ['l'.repeat(201), [], 'The label has 201 characters. Up to 200'],
    [null, entries(101), 'There are 101 metadata entries. Up to 100'],
    [null, [{ key: '', value: 'x' }], 'has no key'],
    [null, [{ key: 'k'.repeat(65), value: 'x' }], 'has 65 characters. Up to 64'],
    [null, [{ key: 'size', value: 'x'.repeat(1001) }], 'The value of "size" has 1001'],
    [null, [...entries(2), { key: 'key 1', value: 'x' }], '"key 1" is there twice'],
    ['\ud800', [], 'The label is not valid Unicode'],
  ])('may not go over them', (label, metadata, reason) => {
    expect(() => checkImageWords({ label, metadata })).toThrow(reason);
  });

  it.each([
    ['a label with a NUL', { label: 'a\0b', metadata: [] }],
    ['a label of two lines', { label: 'a\nb', metadata: [] }],
    ['a key with a tab', { label: null, metadata: [{ key: 'a\tb', value: '' }] }],
    ['a value with an escape', { label: null, metadata: [{ key: 'a', value: '\x1b[2J' }] }],
  ])('may not be %s', (_, words) => {
    expect(() => checkImageWords(words)).toThrow(/control character/);
  });

  it('may have lines and tabs in a value', () => {
    checkImageWords({ label: null, metadata: [{ key: 'notes', value: 'one\r\n\ttwo' }] });
  });

  it('is the same in any order', () => {
    const [a, b] = [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ];
    expect(sameMetadata([a, b], [b, a])).toBe(true);
    expect(sameMetadata([a], [a, b])).toBe(false);
    expect(sameMetadata([a, b], [a])).toBe(false);
    expect(sameMetadata([a], [{ key: 'a', value: '2' }])).toBe(false);
  });
});

it('about one in ten images is held out, by its bytes', async () => {
  const splits: string[] = [];
  for (let number = 0; number < 2000; number += 1) {
    const bytes = new TextEncoder().encode(`picture ${number}`);
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
    splits.push(splitOf(digest));
    expect(splitOf(digest)).toBe(splits.at(-1));
  }
  const held = splits.filter((split) => split === 'TEST').length;
  expect(held).toBeGreaterThan(150);
  expect(held).toBeLessThan(250);
});

it.each([
  [Object.assign(new Error('write'), { code: 'ENOSPC' }), true],
  [Object.assign(new Error('x'), { code: 'SQLITE_FULL' }), true],
  [new Error('database or disk is full'), true],
  [new Error('outer', { cause: new Error('ENOSPC: no space left on device') }), true],
  [new LookalikeError('DISK_FULL'), true],
  [new LookalikeError('INTERNAL', 'outer', { cause: new Error('ENOSPC') }), true],
  [new LookalikeError('IMAGE_NAME_INVALID', '"my disk is full.png" is too long.'), false],
  [Object.assign(new Error('no such file'), { code: 'ENOENT' }), false],
  ['ENOSPC', false],
  [null, false],
])('whether %o means a full disk: %s', (thrown, isFull) => {
  expect(isDiskFull(thrown)).toBe(isFull);
});
