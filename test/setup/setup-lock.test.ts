import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { acquireLock } from '../../server/setup/runner/setup-lock.mjs';

// Real processes and real waiting, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const lockModule = new URL('../../server/setup/runner/setup-lock.mjs', import.meta.url).href;
let folder: string;
let lock: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'setup-lock-'));
  lock = path.join(folder, 'lock');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function writeLock(pid: number | undefined) {
  fs.writeFileSync(lock, JSON.stringify({ pid, host: os.hostname(), token: 'of another' }));
}

it('takes over from a dead process without waiting', async () => {
  writeLock(spawnSync(process.execPath, ['-e', '']).pid);
  const waitedFor: number[] = [];
  const { release } = await acquireLock(lock, (pid) => waitedFor.push(pid));
  expect(waitedFor).toEqual([]);
  expect(JSON.parse(fs.readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid });
  release();
  expect(fs.existsSync(lock)).toBe(false);
});

it('waits for a living process, says which, and goes on when that one dies', async () => {
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  writeLock(holder.pid);
  const waitedFor: number[] = [];
  let acquired = false;
  const acquiring = acquireLock(lock, (pid) => waitedFor.push(pid)).then((mine) => {
    acquired = true;
    return mine;
  });
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(acquired).toBe(false);
  expect(waitedFor).toEqual([holder.pid]);

  holder.kill('SIGKILL');
  (await acquiring).release();
});

it('takes over from a holder that has long been silent, whoever has its pid now', async () => {
  writeLock(process.ppid); // alive
  const longAgo = new Date(Date.now() - 10 * 60_000);
  fs.utimesSync(lock, longAgo, longAgo);
  (await acquireLock(lock, () => {})).release();
});

it('lets one process in at a time, also when all of them find the same stale lock', async () => {
  writeLock(spawnSync(process.execPath, ['-e', '']).pid);
  const diary = path.join(folder, 'diary');
  const script = `
    import fs from 'node:fs';
    const { acquireLock } = await import(${JSON.stringify(lockModule)});
    const { release } = await acquireLock(${JSON.stringify(lock)}, () => {});
    fs.appendFileSync(${JSON.stringify(diary)}, 'in\\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    fs.appendFileSync(${JSON.stringify(diary)}, 'out\\n');
    release();`;
  const children = Array.from({ length: 5 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' }),
  );
  const codes = await Promise.all(
    children.map(async (child) => (await once(child, 'exit'))[0] as number),
  );
  expect(codes).toEqual([0, 0, 0, 0, 0]);
  expect(fs.readFileSync(diary, 'utf8')).toBe('in\nout\n'.repeat(5));
});
