import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../server/cli/arguments.js';
import { UsageError } from '../../../server/cli/usage-error.js';

const words = (line: string) => line.split(' ').filter((word) => word !== '');

describe('the words of an import', () => {
  it('need no more than a path and a dataset', () => {
    expect(parseArguments(words('import photos --dataset shoes'))).toEqual({
      name: 'import',
      options: {
        ...{ path: 'photos', dataset: 'shoes', title: null, labels: null, split: null },
        ...{ server: 'http://localhost:4000', report: null },
      },
    });
  });

  it('may say everything', () => {
    const line =
      'import a.zip --dataset shoes --title Shoes --labels l.csv --split Test ' +
      '--server http://10.0.0.1:80/ --report r.csv';
    expect(parseArguments(words(line))).toMatchObject({
      options: {
        ...{ path: 'a.zip', title: 'Shoes', labels: 'l.csv', split: 'TEST' },
        ...{ server: 'http://10.0.0.1:80', report: 'r.csv' },
      },
    });
  });

  it.each([
    ['import', 'Name the folder'],
    ['import a', '--dataset NAME'],
    ['import a b --dataset x', 'one folder or .zip file at a time'],
    ['import a --dataset Shoes!', 'no dataset name'],
    ['import a --dataset x --split half', 'train or test'],
    ['import a --dataset x --server nowhere', '--server'],
    ['import a --dataset x --force', '--force'],
    ['export a', 'no command "export"'],
  ])('that are wrong are told: %s', (line, reason) => {
    expect(() => parseArguments(words(line))).toThrow(UsageError);
    expect(() => parseArguments(words(line))).toThrow(reason);
  });
});

it.each([
  ['backup all.backup', { file: 'all.backup', data: null, force: false }],
  ['backup all.backup --data d --force', { file: 'all.backup', data: 'd', force: true }],
  ['restore all.backup --data d', { file: 'all.backup', data: 'd' }],
  ['verify', { data: null, repair: false, json: false }],
  ['verify --data d --repair --json', { data: 'd', repair: true, json: true }],
])('%j works on a data directory', (line, options) => {
  const [name] = words(line);
  expect(parseArguments(words(line))).toEqual({ name, options });
});

it.each([
  ['backup', 'Name the file'],
  ['backup a b', 'one file'],
  ['restore a --force', '--force'],
  ['verify a', 'takes no file'],
])('%j is told to be wrong', (line, reason) => {
  expect(() => parseArguments(words(line))).toThrow(UsageError);
  expect(() => parseArguments(words(line))).toThrow(reason);
});

it.each([
  ['', null],
  ['--help', null],
  ['-h', null],
  ['import --help', 'import'],
  ['backup --help', 'backup'],
  ['restore -h', 'restore'],
  ['verify --help', 'verify'],
])('%j asks for help', (line, about) => {
  expect(parseArguments(words(line))).toEqual({ name: 'help', about });
});

it.each([
  ['import photos --dataset shoes', '4987', 'http://localhost:4987'],
  [
    'import photos --dataset shoes --server https://search.example.org/',
    '4987',
    'https://search.example.org',
  ],
])('%s, with PORT %s, is for %s', (line, port, server) => {
  expect(parseArguments(words(line), port)).toMatchObject({ options: { server } });
});
