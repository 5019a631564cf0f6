import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lockDataDirectory } from '../../../server/adapters/lock/sqlite/data-directory-lock.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';

const LOCK = resolve('server/adapters/lock/sqlite/data-directory-lock.ts');

/** Locks a folder in a process of its own, says what came of it, and lives on. */
const PROGRAM = `
import { runnerImport } from 'vite';
const { module } = await runnerImport(${JSON.stringify(LOCK)}, { configFile: false, logLevel: 'error' });
try {
  globalThis.unlock = module.lockDataDirectory(process.argv[1]);
  console.log('LOCKED');
} catch (thrown) {
  console.log(thrown.code);
}
setInterval(() => {}, 1000);
`;

async function lockElsewhere(folder: string): Promise<{ child: ChildProcess; said: string }> {
  const options = ['--input-type=module', '--eval', PROGRAM, folder];
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: output.toString().trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

const locked = expect.objectContaining({ code: 'DATA_DIRECTORY_LOCKED' }) as Error;

it('a data directory that another process uses is refused, by name and with what to do', async () => {
  const folder = await temporaryFolder();
  expect((await lockElsewhere(folder)).said).toBe('LOCKED');
  expect(() => lockDataDirectory(folder)).toThrow(locked);
  expect(() => lockDataDirectory(folder)).toThrow(`Another Lookalike process uses ${folder}.`);
  expect(() => lockDataDirectory(folder)).toThrow('LOOKALIKE_DATA_DIR');
});

it('a data directory that this process uses is refused to another until it is let go', async () => {
  const folder = await temporaryFolder();
  const unlock = lockDataDirectory(folder);
  expect((await lockElsewhere(folder)).said).toBe('DATA_DIRECTORY_LOCKED');
  unlock();
  expect((await lockElsewhere(folder)).said).toBe('LOCKED');
});

it('a killed process leaves no lock behind', async () => {
  const folder = await temporaryFolder();
  const { child } = await lockElsewhere(folder);
  expect(() => lockDataDirectory(folder)).toThrow(locked);
  await kill(child);
  const unlock = lockDataDirectory(folder);
  unlock();
});

it('two data directories are locked independently, and made if need be', async () => {
  const folder = await temporaryFolder();
  const unlocks = ['a', 'b/c'].map((name) => lockDataDirectory(join(folder, name)));
  expect(() => lockDataDirectory(join(folder, 'b/c'))).toThrow(locked);
  for (const unlock of unlocks) unlock();
});

it('a data directory that cannot be made is told as unusable', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'file'), '');
  expect(() => lockDataDirectory(join(folder, 'file', 'data'))).toThrow(
    expect.objectContaining({ code: 'DATA_DIRECTORY_UNUSABLE' }) as Error,
  );
});
