import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inNodeModules, root } from '../../server/setup/repository.mjs';

// Every test starts a vitest of its own.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;

beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'closing-line-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Runs the test files with a vitest of their own and gives the last line of its output. */
function lastLine(files: Record<string, string>) {
  for (const [name, source] of Object.entries(files)) {
    fs.writeFileSync(path.join(folder, name), source);
  }
  const reporter = path.join(root, 'test', 'closing-line.reporter.ts');
  const args = [
    'run',
    '--root',
    folder,
    '--globals',
    '--reporter=default',
    `--reporter=${reporter}`,
  ];
  const { stdout } = spawnSync(process.execPath, [inNodeModules('vitest', 'vitest.mjs'), ...args], {
    encoding: 'utf8',
  });
  return stdout.trimEnd().split('\n').at(-1);
}

it('counts the tests', () => {
  const source = "it('a', () => {}); it('b', () => {})";
  expect(lastLine({ 'good.test.js': source })).toBe('2 passed, 0 failed');
});

it('counts failures, skips, and what keeps tests from being counted', () => {
  const line = lastLine({
    'mixed.test.js': "it('a', () => {}); it('b', () => expect(1).toBe(2)); it.skip('c', () => {})",
    'unloadable.test.js': "throw new Error('at import')",
    'unhandled.test.js': "it('d', () => void Promise.reject(new Error('nobody waits')))",
  });
  expect(line).toBe('2 passed, 3 failed, 1 skipped');
});

it('does not call a run without tests a success', () => {
  expect(lastLine({})).toBe('0 passed, 1 failed');
});
