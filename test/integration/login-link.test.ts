import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { emptyDirectory } from './data-directory.js';
import { startServer, type RunningServer } from './running-server.js';

const LINK = /^Log in: {2}(http:\/\/[^/]+)\/login#(lk_[\w-]{43})$/m;
const WITHOUT_KEY = { LOOKALIKE_ADMIN_KEY: '' };

async function statusWith(server: RunningServer, key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${server.url}/schema.graphql`, { headers })).status;
}

it('the first start prints a link to log in, once, and keeps no key; a lost one is replaced', async () => {
  const directory = await emptyDirectory();
  const first = await startServer(directory, WITHOUT_KEY);
  await expect.poll(first.output).toMatch(LINK);
  const [, address, key = ''] = LINK.exec(first.output()) ?? [];
  expect(address).toBe(`http://localhost:${first.port}`);
  expect(await statusWith(first, key)).toBe(200);
  expect(await statusWith(first, `${key.slice(0, -1)}-`)).toBe(401);

  const command = await promisify(execFile)(process.execPath, ['build/server/admin-key.js'], {
    env: { ...process.env, ...WITHOUT_KEY, LOOKALIKE_DATA_DIR: directory, PORT: '4123' },
  });
  const [, , another = ''] = LINK.exec(command.stdout) ?? [];
  expect(another).not.toBe(key);
  expect(await statusWith(first, another)).toBe(200);
  await first.stop();

  const second = await startServer(directory, WITHOUT_KEY);
  expect(await statusWith(second, key)).toBe(200);
  await second.stop();
  expect(second.output()).not.toMatch(LINK);
  expect(second.output()).not.toContain('EXPOSED');
  const files = (await readdir(directory)).filter((name) => name.startsWith('metadata'));
  for (const name of files) {
    const bytes = await readFile(join(directory, name));
    expect([bytes.includes(key), bytes.includes(another)]).toEqual([false, false]);
  }
});
