import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled } from '../../server/setup/machine/installed-packages.mjs';
import { root } from '../../server/setup/repository.mjs';
import { INSTALL_SCRIPTS } from '../../server/setup/steps/dependencies.mjs';

it('knows every package of the lock file that has an install script', () => {
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  type Entry = { hasInstallScript?: boolean; optional?: boolean };
  const { packages } = JSON.parse(lock) as { packages: Record<string, Entry> };
  const withScript = Object.entries(packages)
    .filter(([, entry]) => entry.hasInstallScript && !entry.optional)
    .map(([name]) => name.replace(/^.*node_modules\//, ''));
  expect([...new Set(withScript)].sort()).toEqual(Object.keys(INSTALL_SCRIPTS).sort());
});

describe('node_modules is taken as installed', () => {
  let folder: string;
  const locked = {
    '': { dependencies: { a: '1.0.0' } },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/a-elsewhere': { version: '1.0.0', optional: true, os: ['elsewhere'], cpu: ['x'] },
  };
  const installed = { 'node_modules/a': locked['node_modules/a'] };

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dependencies-'));
    fs.mkdirSync(path.join(folder, 'node_modules'));
    write('package.json', { dependencies: { a: '1.0.0' } });
    write('package-lock.json', { packages: locked });
    write('node_modules/.package-lock.json', { packages: installed });
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  function write(file: string, content: object) {
    fs.writeFileSync(path.join(folder, file), JSON.stringify(content));
  }

  it('when it matches the lock file', () => {
    expect(isInstalled(folder)).toBe(true);
  });

  it('but not when a package has another version', () => {
    const other = { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-b' } };
    write('node_modules/.package-lock.json', { packages: other });
    expect(isInstalled(folder)).toBe(false);
  });

  it('but not when the binary for this machine is missing', () => {
    const binary = {
      version: '1.0.0',
      optional: true,
      os: [process.platform],
      cpu: [process.arch],
    };
    write('package-lock.json', { packages: { ...locked, 'node_modules/a-here': binary } });
    expect(isInstalled(folder)).toBe(false);
  });

  it('but not when package.json asks for more than the lock file knows', () => {
    write('package.json', { dependencies: { a: '1.0.0', b: '1.0.0' } });
    expect(isInstalled(folder)).toBe(false);
  });

  it('but not when an installation was cut off', () => {
    fs.rmSync(path.join(folder, 'node_modules', '.package-lock.json'));
    expect(isInstalled(folder)).toBe(false);
  });
});
