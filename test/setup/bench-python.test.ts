import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { preparePython } from '../../server/setup/bench/python.mjs';
import { Program } from '../bench/harness/program.js';

let folder: string;
let printed: string;
const output = { write: (text: string) => (printed += text) };

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-python-'));
  printed = '';
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function read(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

it('where a package cannot be had, the reason is kept and nothing fails', async () => {
  const packages = [path.join(folder, 'no-such-package.whl')];
  const file = await preparePython(folder, output, { packages });
  expect(read(file)).toEqual({ reason: expect.stringMatching(/\S/) as string });
  expect(printed).toContain('no Python to compare with');
});

it('a preparation that takes too long is cut off', async () => {
  const file = await preparePython(folder, output, { limitMs: 1, packages: ['pip'] });
  expect(read(file)).toEqual({ reason: expect.stringMatching(/took longer/) as string });
});

it('a program answers a request a line, and its own words come with its failure', async () => {
  const script = path.join(folder, 'program.py');
  const harness = path.resolve('test/bench/python');
  fs.writeFileSync(
    script,
    `import sys; sys.path.insert(0, ${JSON.stringify(harness)})
from conversation import answer_requests
print("noise")
answer_requests(lambda number: 10 / number)`,
  );
  const program = Program.start('python3', [script], { PYTHONDONTWRITEBYTECODE: '1' });
  expect(await program.ask(4)).toBe(2.5);
  await expect(program.ask(0)).rejects.toThrow('ZeroDivisionError');
  expect(await program.ask(5)).toBe(2);
  await program.close();
  await expect(program.ask(1)).rejects.toThrow('ended with 0');
});
