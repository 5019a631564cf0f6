import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compilerNames, copyAddonSources } from '../../server/setup/machine/native-addon.mjs';

let folder: string;

beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'native-addon-'))));
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true });
});

describe('the sources of an addon of our own are copied, and what was compiled goes,', () => {
  const inFolder = (...parts: string[]) => path.join(folder, ...parts);
  const compiled = () => inFolder('compiled', 'build', 'addon.node');
  const copy = () => copyAddonSources(inFolder('sources'), inFolder('compiled'));

  beforeEach(() => {
    fs.mkdirSync(inFolder('sources'));
    fs.writeFileSync(inFolder('sources', 'addon.cc'), 'int one;');
    fs.writeFileSync(inFolder('sources', 'addon.h'), 'int two;');
    expect(copy()).toBe(true);
    fs.mkdirSync(path.dirname(compiled()));
    fs.writeFileSync(compiled(), 'x');
  });

  it('not where they are the same', () => {
    expect(copy()).toBe(false);
    expect(fs.existsSync(compiled())).toBe(true);
  });

  it.each<[string, () => void]>([
    ['changed', () => fs.writeFileSync(inFolder('sources', 'addon.cc'), 'int six;')],
    ['new', () => fs.writeFileSync(inFolder('sources', 'more.h'), '')],
    ['gone', () => fs.rmSync(inFolder('sources', 'addon.h'))],
  ])('where one is %s', (_, change) => {
    change();
    expect(copy()).toBe(true);
    expect(fs.existsSync(compiled())).toBe(false);
    expect(fs.readdirSync(inFolder('compiled'))).toEqual(fs.readdirSync(inFolder('sources')));
    expect(copy()).toBe(false);
  });
});

describe('make is told of a compiler', () => {
  const install = (name: string) => fs.writeFileSync(path.join(folder, name), '', { mode: 0o755 });

  beforeEach(() => {
    vi.stubEnv('PATH', folder);
    vi.stubEnv('CC', undefined);
    vi.stubEnv('CXX', undefined);
    install('c++');
  });

  it.runIf(process.platform !== 'win32')(
    'where it is not the one that make calls by itself',
    () => {
      expect(compilerNames()).toEqual({ CC: 'cc', CXX: 'c++' });
      vi.stubEnv('CXX', 'clang++-19');
      expect(compilerNames()).toEqual({ CC: 'cc', CXX: 'clang++-19' });
    },
  );

  it.runIf(process.platform !== 'win32')('only there', () => {
    install('g++');
    expect(compilerNames()).toEqual({});
  });
});
