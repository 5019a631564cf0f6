import { describe, expect, it } from 'vitest';
import { placementRule } from '../../../server/cli/placement.js';
import { candidatesOf } from '../../../web/lib/import-files';
import { planImport, saidByPath, type PlanChoices } from '../../../web/lib/import-plan';
import { readLabelsFile } from '../../../web/lib/labels-file';

const CHOICES: PlanChoices = {
  folderLabels: true,
  keepRoot: null,
  isZip: false,
  labelsFile: null,
};

function plan(paths: readonly string[], choices: Partial<PlanChoices> = {}) {
  const files = paths.map((path) => new File(['bytes'], path));
  return planImport(candidatesOf(files), { ...CHOICES, ...choices });
}

function namesOf({ files }: ReturnType<typeof plan>) {
  return files.map(({ name }) => name);
}

describe('what a path says', () => {
  it.each([
    ['red.jpg', false, null, null],
    ['shoes/red.jpg', false, 'shoes', null],
    ['shoes/summer/red.jpg', false, 'shoes', null],
    ['train/shoes/red.jpg', true, 'shoes', 'TRAIN'],
    ['Test/shoes/red.jpg', true, 'shoes', 'TEST'],
    ['test/red.jpg', true, null, 'TEST'],
    ['train/red.jpg', false, 'train', null],
  ])('%s (splits: %s): label %s, split %s', (name, splits, label, split) => {
    expect(saidByPath(name, splits)).toEqual({ label, split });
  });
});

describe('the plan of an import', () => {
  it('leaves out the one folder that everything lies in, so that its folders are the labels', () => {
    const made = plan(['photos/shoes/a.jpg', 'photos/bags/b.png', 'photos/c.webp']);
    expect(namesOf(made)).toEqual(['shoes/a.jpg', 'bags/b.png', 'c.webp']);
    expect(made.labels).toEqual([
      ['shoes', 1],
      ['bags', 1],
    ]);
    expect(made.unlabelledCount).toBe(1);
    expect(made.root).toEqual({ name: 'photos', kept: false });
  });

  it('leaves out also a folder that holds no folders, or is called like a split: it says nothing', () => {
    const flat = plan(['shoes/a.jpg', 'shoes/b.jpg']);
    expect(namesOf(flat)).toEqual(['a.jpg', 'b.jpg']);
    expect(flat.unlabelledCount).toBe(2);
    const split = plan(['train/shoes/a.jpg', 'train/bags/b.jpg']);
    expect(split.files).toMatchObject([
      { name: 'shoes/a.jpg', label: 'shoes', split: null },
      { name: 'bags/b.jpg', label: 'bags', split: null },
    ]);
  });

  it('says with that folder in front of the names what it says as a folder among others', () => {
    expect(plan(['shoes/a.jpg'], { keepRoot: true }).files).toMatchObject([
      { name: 'shoes/a.jpg', label: 'shoes', split: null },
    ]);
    expect(plan(['train/shoes/a.jpg'], { keepRoot: true }).files).toMatchObject([
      { name: 'train/shoes/a.jpg', label: 'shoes', split: 'TRAIN' },
    ]);
  });

  it.each([
    [['a.jpg', 'b.jpg']],
    [['shoes/a.jpg', 'bags/old/b.jpg', 'c.jpg']],
    [['train/shoes/a.jpg', 'test/b.jpg']],
    [['one/shoes/a.jpg', 'one/bags/b.jpg']],
  ])('says of a folder with %j what the command line says', (names) => {
    const rule = placementRule(names, false);
    const { files } = plan(names.map((name) => `chosen/${name}`));
    expect(files.map(({ name, label, split }) => ({ name, label, split }))).toEqual(
      names.map((name) => ({ name, ...rule(name) })),
    );
  });

  it('finds that folder also where something lies beside it that is not taken', () => {
    expect(namesOf(plan(['photos/shoes/a.jpg', 'read-me.txt', '../out.jpg']))).toEqual([
      'shoes/a.jpg',
    ]);
  });

  it('does as it is told with that folder', () => {
    const paths = ['photos/shoes/a.jpg', 'photos/bags/b.jpg'];
    expect(namesOf(plan(paths, { keepRoot: true }))).toEqual(paths);
    expect(namesOf(plan(['shoes/a.jpg'], { keepRoot: false }))).toEqual(['a.jpg']);
  });

  it('keeps the names that a zip has, and takes labels from below the folder around everything', () => {
    const paths = ['photos/train/shoes/a.jpg', 'photos/test/bags/b.jpg'];
    const made = plan(paths, { isZip: true });
    expect(namesOf(made)).toEqual(paths);
    expect(made.files).toMatchObject([
      { label: 'shoes', split: 'TRAIN' },
      { label: 'bags', split: 'TEST' },
    ]);
  });

  it('takes train and test for labels where there are other folders beside them', () => {
    const made = plan(['train/a.jpg', 'test/b.jpg', 'bus/c.jpg']);
    expect(made.labels.map(([label]) => label)).toEqual(['train', 'test', 'bus']);
    expect(made.splitCounts.DRAWN).toBe(3);
  });

  it('gives no labels and no splits from folders when that is off', () => {
    const made = plan(['train/shoes/a.jpg'], { folderLabels: false });
    expect(made.files).toMatchObject([{ label: null, split: null }]);
    expect(made.splitCounts).toEqual({ TRAIN: 0, TEST: 0, DRAWN: 1 });
  });

  it('leaves out what systems leave behind, and refuses by name what is no picture', () => {
    const made = plan([
      'a/.DS_Store',
      '__MACOSX/a/_b.jpg',
      'Thumbs.db',
      'a/b.jpg',
      'a/notes.txt',
      'a/inner.zip',
      '../out.jpg',
      'no-ending',
    ]);
    expect(made.clutterCount).toBe(3);
    expect(namesOf(made)).toEqual(['a/b.jpg', 'no-ending']);
    expect(made.refusals.map(({ name, code }) => [name, code])).toEqual([
      ['a/notes.txt', 'UPLOAD_NOT_AN_IMAGE'],
      ['a/inner.zip', 'UPLOAD_NOT_AN_IMAGE'],
      ['../out.jpg', 'IMAGE_NAME_INVALID'],
    ]);
  });

  it('refuses empty files and files over 100 MB before anything is read', () => {
    const open = () => Promise.reject(new Error('It was opened.'));
    const candidates = [
      { path: 'empty.jpg', size: 0, open },
      { path: 'huge.jpg', size: 100_000_000 + 1, open },
      { path: 'large.jpg', size: 100_000_000, open },
    ];
    const { files, refusals } = planImport(candidates, CHOICES);
    expect(files.map(({ name }) => name)).toEqual(['large.jpg']);
    expect(refusals.map(({ code }) => code)).toEqual(['UPLOAD_NOT_AN_IMAGE', 'UPLOAD_TOO_LARGE']);
  });

  it('puts what the labels file says before what the folders say, in whatever Unicode form', async () => {
    const table = [
      'name,label,split,photographer',
      'shoes/caf\u00e9.jpg,boots,test,Ada',
      'photos/bags/b.jpg,,,',
      'gone.jpg,x,,',
    ];
    const labelsFile = await readLabelsFile(new File([table.join('\n')], 'labels.csv'));
    const made = plan(['photos/shoes/cafe\u0301.jpg', 'photos/bags/b.jpg'], { labelsFile });
    expect(made.matchedRows).toBe(2);
    expect(made.files).toMatchObject([
      { label: 'boots', split: 'TEST', metadata: [{ key: 'photographer', value: 'Ada' }] },
      { label: 'bags', split: null, metadata: [] },
    ]);
    const zipped = plan(['photos/shoes/caf\u00e9.jpg', 'photos/x/c.jpg'], {
      labelsFile,
      isZip: true,
    });
    expect(zipped.files[0]).toMatchObject({ name: 'photos/shoes/caf\u00e9.jpg', label: 'boots' });
  });
});
