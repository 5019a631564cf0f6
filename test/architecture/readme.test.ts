import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../../server/domain/errors.js';
import { ARCHITECTURES } from '../../server/domain/architectures/registry.js';
import { firstColumn, firstColumnIn, rowsIn } from './readme.js';
import { parse, ROOT, sourceFiles, sourceOf } from './source-files.js';

const SETTING = /^(PORT|HOST|LOOKALIKE_[A-Z_]+)$/;

it('its table of error codes holds every code, and no other', () => {
  expect(firstColumn('Error codes').sort()).toEqual(Object.keys(ERROR_CODES).sort());
});

it('its table of settings holds every setting that config.ts reads, and no other', () => {
  const read = new Set(literalsIn('server/config.ts').filter((text) => SETTING.test(text)));
  expect(read).toContain('PORT');
  expect(firstColumn('Settings').sort()).toEqual([...read].sort());
});

it('its map names folders and files that exist', () => {
  const named = firstColumn('The map');
  expect(named).toContain('server/domain');
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

it('its map names every room of the server', () => {
  const rooms = readdirSync(join(ROOT, 'server'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `server/${name}`);
  expect(rooms.length).toBeGreaterThan(5);
  const named = firstColumn('The map').map((path) => path.replace(/\/$/, ''));
  expect(rooms.filter((room) => !named.some((path) => path.startsWith(room)))).toEqual([]);
});

it('its list of architectures holds every one, and no other', () => {
  expect(firstColumn('Architectures')).toEqual(ARCHITECTURES.map(({ name }) => name));
});

it('its table of dials holds those of every architecture, with their defaults', () => {
  const rows = rowsIn(sourceOf('README.md'), 'The dials').map(
    ([name, values]) => [name?.replaceAll('`', ''), values] as const,
  );
  const defaults = new Map<string, Set<number>>();
  for (const dial of ARCHITECTURES.flatMap(({ hyperparameters }) => hyperparameters)) {
    defaults.set(dial.name, (defaults.get(dial.name) ?? new Set()).add(dial.default));
  }
  const expected = [...defaults].map(([name, values]) => [name, [...values].join(', ')]);
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
});

it('its example in TypeScript compiles against the generated client', () => {
  const [, example] = /```ts\n([\s\S]+?)```/.exec(sourceOf('README.md')) ?? [];
  expect(example).toContain('TrainingProgressDocument');
  expect(faultsOf(example ?? '')).toEqual([]);
  expect(faultsOf((example ?? '').replace('afterEpoch: 0', 'afterEpoch: 0 as Nothing'))).toEqual([
    "Cannot find name 'Nothing'.",
  ]);
});

it('every error code is used somewhere in the server', () => {
  const used = new Set(
    sourceFiles('server')
      .filter((file) => file !== 'server/domain/errors.ts')
      .flatMap(literalsIn),
  );
  expect(used).toContain('IMAGE_NOT_FOUND');
  expect(Object.keys(ERROR_CODES).filter((code) => !used.has(code))).toEqual([]);
});

it('a table is read from its own section only', () => {
  const markdown = ['## One', '| `a` | x |', '## Two', '| Name |', '| --- |', '| `b`   | y |'];
  expect(firstColumnIn(markdown.join('\n'), 'Two')).toEqual(['b']);
  expect(firstColumnIn(markdown.join('\n'), 'One')).toEqual(['a']);
});

/** What the compiler says of a file of this text in the root. */
function faultsOf(text: string): string[] {
  const file = join(ROOT, 'readme-example.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    esModuleInterop: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.getSourceFile = (path, target, ...rest) =>
    path === file
      ? ts.createSourceFile(path, text, target)
      : getSourceFile.call(host, path, target, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** The texts of all string literals of a file; what stands in comments does not count. */
function literalsIn(file: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(parse(file, sourceOf(file)));
  return texts;
}
