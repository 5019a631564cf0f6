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

/** As `npm run admin-key` does: the address and the key that it prints. */
async function anotherKey(
  directory: string,
  port: string,
): Promise<{ address: string; key: string }> {
  const command = await promisify(execFile)(process.execPath, ['build/server/admin-key.js'], {
    env: { ...process.env, ...WITHOUT_KEY, LOOKALIKE_DATA_DIR: directory, PORT: port },
  });
  const [, address = '', key = ''] = LINK.exec(command.stdout) ?? [];
  return { address, key };
}

it('without a terminal no key is shown; the command makes one, and keeps only its hash', async () => {
  const directory = await emptyDirectory();
  const first = await startServer(directory, WITHOUT_KEY);
  await expect.poll(first.output).toContain('npm run admin-key');
  const { address, key } = await anotherKey(directory, '4123');
  expect(address).toBe('http://localhost:4123');
  expect(await statusWith(first, key)).toBe(200);
  expect(await statusWith(first, `${key.slice(0, -1)}-`)).toBe(401);
  const another = (await anotherKey(directory, '4123')).key;
  expect(another).not.toBe(key);
  expect(await statusWith(first, another)).toBe(200);
  await first.stop();
  expect(first.output()).not.toMatch(LINK);

  const second = await startServer(directory, WITHOUT_KEY);
  expect(await statusWith(second, key)).toBe(200);
  await second.stop();
  expect(second.output()).not.toContain('admin-key');
  expect(second.output()).not.toContain('EXPOSED');
  const files = (await readdir(directory)).filter((name) => name.startsWith('metadata'));
  for (const name of files) {
    const bytes = await readFile(join(directory, name));
    expect([bytes.includes(key), bytes.includes(another)]).toEqual([false, false]);
  }
});
