import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../server/cli/usage-error.js';
import { readLabels } from '../../../server/cli/labels-file.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';

async function labels(name: string, lines: readonly string[]) {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, `${lines.join('\n')}\n`);
  return readLabels(path);
}

const RED = {
  label: 'shoe',
  split: 'TEST',
  metadata: [
    { key: 'colour', value: 'red, dark' },
    { key: 'size', value: '42' },
  ],
};
const BARE = { label: null, split: null, metadata: [] };

describe.each([
  [
    'CSV',
    'labels.csv',
    [
      '\uFEFFname,label,split,colour,size',
      'a/1.jpg,shoe,test,"red, dark",42',
      './2.jpg,,,,',
      '"Ame\u0301lie ""x"".png",,,,',
    ],
  ],
  [
    'JSON lines',
    'labels.jsonl',
    [
      '{"file": "a/1.jpg", "label": "shoe", "split": "TEST", "colour": "red, dark", "size": 42}',
      '{"file": "./2.jpg", "label": null}',
      '',
      '{"file": "Ame\u0301lie \\"x\\".png"}',
    ],
  ],
])('%s', (_, name, lines) => {
  it('tells of each picture, however its name is written', async () => {
    const rows = await labels(name, lines);
    expect(rows.of('a/1.jpg')).toEqual(RED);
    expect(rows.of('2.jpg')).toEqual(BARE);
    expect(rows.of('Am\u00e9lie "x".png')).toEqual(BARE);
  });

  it('counts rows without a file, and files without a row', async () => {
    const rows = await labels(name, lines);
    for (const file of ['a/1.jpg', 'x.jpg', 'y.jpg']) rows.of(file);
    expect([rows.unusedCount, rows.missCount]).toEqual([2, 2]);
    expect(rows.unusedNames(1)).toEqual(['2.jpg']);
  });
});

it('half a million rows are read', async () => {
  const lines = Array.from({ length: 500_000 }, (_, at) => `${at}.jpg,label ${at}`);
  const rows = await labels('labels.csv', ['file,label', ...lines]);
  expect(rows.unusedCount).toBe(500_000);
  expect(rows.of('499999.jpg')).toMatchObject({ label: 'label 499999' });
});

it.each([
  ['labels.csv', ['label', 'cat'], /line 2: there is no name/],
  ['labels.csv', ['name,split', 'a,half'], /line 2: "half" is no split/],
  ['labels.csv', ['name', 'a', 'b', './a'], /line 4: .*a second time/],
  ['labels.csv', ['name,label', 'a,b,c'], /cannot be read.*line 2/],
  ['labels.jsonl', ['{"name": "a"}', '{"name"'], /line 2 is not JSON/],
  ['labels.jsonl', ['[1]'], /line 1 is no JSON object/],
])('%s with %j is refused, with the line', async (name, lines, reason) => {
  const reading = labels(name, lines);
  await expect(reading).rejects.toThrow(UsageError);
  await expect(reading).rejects.toThrow(reason);
});

it('a file that is not there, or a folder, is refused', async () => {
  const folder = await temporaryFolder();
  await expect(readLabels(join(folder, 'none.csv'))).rejects.toThrow(UsageError);
  await expect(readLabels(folder)).rejects.toThrow('no ordinary file');
});
