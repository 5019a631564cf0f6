import { expect, it } from 'vitest';
import { sourceFiles, sourceOf } from './source-files.js';

const MAX_LINES = 300;
const DRAWERS = /(^|[/.-])(utils?|helpers?|commons?)(?=[/.-]|$)/i;

const files = ['server', 'web', 'test'].flatMap((folder) => sourceFiles(folder));

it('nothing is named after a drawer that takes anything', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => DRAWERS.test(file))).toEqual([]);
  expect(['server/utils/x.ts', 'web/date-helpers.ts'].filter((f) => DRAWERS.test(f))).toHaveLength(
    2,
  );
});

it(`no file is longer than ${MAX_LINES} lines`, () => {
  const lengths = files.map((file) => ({ file, lines: sourceOf(file).split('\n').length - 1 }));
  expect(Math.max(...lengths.map(({ lines }) => lines))).toBeGreaterThan(100);
  expect(lengths.filter(({ lines }) => lines > MAX_LINES)).toEqual([]);
});
