import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { IDX_FILES } from '../../server/setup/fashion-mnist/idx-files.mjs';
import { installFashionMnist } from '../../server/setup/fashion-mnist/install.mjs';
import { availableSources, folderSource } from '../../server/setup/fashion-mnist/sources.mjs';
import { fashionMnistDir } from '../../server/setup/repository.mjs';
import { createReport } from '../../server/setup/runner/step-report.mjs';

// 55 MB are read and unpacked more than once, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let target: string;
let report: ReturnType<typeof createReport>;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fashion-mnist-'));
  target = path.join(folder, 'installed');
  report = createReport({
    label: 'test',
    logFile: path.join(folder, 'log'),
    output: { write: () => true },
  });
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function damagedCopy(damage: (file: Buffer) => Buffer) {
  const copy = path.join(folder, 'damaged');
  // Its files, not a link to them: what is damaged must be the copy.
  fs.cpSync(fs.realpathSync(fashionMnistDir), copy, { recursive: true, dereference: true });
  const file = path.join(copy, 't10k-labels-idx1-ubyte.gz');
  fs.writeFileSync(file, damage(fs.readFileSync(file)));
  return copy;
}

const flipped = (file: Buffer) => {
  file.writeUInt8(file.readUInt8(2000) ^ 1, 2000);
  return file;
};

it('keeps the four files when their contents are right', async () => {
  await installFashionMnist([folderSource(fashionMnistDir)], target, report);
  expect(fs.readdirSync(target).sort()).toEqual(Object.keys(IDX_FILES).sort());
});

it.each([
  ['one bit is wrong', flipped],
  ['the end is missing', (file: Buffer) => file.subarray(0, -100)],
])('refuses a file of which %s, and says which and what to do', async (_, damage) => {
  const source = { ...folderSource(damagedCopy(damage)), binding: true };
  const installing = installFashionMnist([source], target, report);
  await expect(installing).rejects.toMatchObject({
    message: expect.stringMatching(/t10k-labels-idx1-ubyte\.gz has the wrong checksum/) as string,
    advice: expect.stringMatching(/LOOKALIKE_FASHION_MNIST/) as string,
  });
  expect(fs.readdirSync(folder)).not.toContain('installed');
  expect(fs.readdirSync(folder)).not.toContain('installed.new');
});

it('passes over a damaged source that nobody asked for, to the next one', async () => {
  const sources = [folderSource(damagedCopy(flipped)), folderSource(fashionMnistDir)];
  await installFashionMnist(sources, target, report);
  const labels = path.join(target, 't10k-labels-idx1-ubyte.gz');
  const right = path.join(fashionMnistDir, 't10k-labels-idx1-ubyte.gz');
  expect(fs.readFileSync(labels).equals(fs.readFileSync(right))).toBe(true);
});

it('names every source when none of them served', async () => {
  const sources = [folderSource(path.join(folder, 'first')), folderSource(damagedCopy(flipped))];
  await expect(installFashionMnist(sources, target, report)).rejects.toThrow(
    /first: ENOENT.*damaged: .*wrong checksum/,
  );
});

it('takes the folder that LOOKALIKE_FASHION_MNIST names and no other source', () => {
  const before = process.env.LOOKALIKE_FASHION_MNIST;
  process.env.LOOKALIKE_FASHION_MNIST = folder;
  try {
    expect(availableSources()).toMatchObject([{ binding: true }]);
  } finally {
    if (before === undefined) delete process.env.LOOKALIKE_FASHION_MNIST;
    else process.env.LOOKALIKE_FASHION_MNIST = before;
  }
});
