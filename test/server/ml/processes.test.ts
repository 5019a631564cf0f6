import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnPictures, FASHION_INPUT, recipeOf } from './pictures.js';
import { transpileRooms } from './transpiled-rooms.js';

let folder: string;

/**
 * Trains to the second epoch in a process of its own, from the start or from the checkpoint that is
 * named; prints the losses, the checkpoint's hash and whose kernels they are.
 */
const PROGRAM = `
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createNetworks } from './server/ml/networks.js';
const { CHECKPOINT, EPOCHS = '2' } = process.env;
const { recipe, count } = JSON.parse(readFileSync('job.json', 'utf8'));
const labels = Array.from({ length: count }, () => null);
const pictures = { count, labels, pixels: new Uint8Array(readFileSync('pixels')) };
const networks = await createNetworks();
const network = CHECKPOINT
  ? networks.resume(recipe, readFileSync(CHECKPOINT))
  : networks.create(recipe);
const losses = [];
while (network.epoch < Number(EPOCHS)) losses.push(await network.trainEpoch(pictures, async () => {}));
const checkpoint = await network.checkpoint('test');
writeFileSync('after-' + EPOCHS, checkpoint);
const hash = createHash('sha256').update(checkpoint).digest('hex');
const load = createRequire(import.meta.url);
const { instructions } = load('@tensorflow/tfjs-node/kernels/build/Release/kernels.node');
console.log(JSON.stringify({ losses, hash, instructions }));
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookalike-ml-'));
  await transpileRooms(['domain', 'ml'], folder);
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  const { count, pixels } = drawnPictures(450, FASHION_INPUT);
  const recipe = recipeOf({ batchSize: 200, seed: 3 });
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'job.json'), JSON.stringify({ recipe, count }));
  await writeFile(join(folder, 'pixels'), pixels);
  await writeFile(join(folder, 'train.js'), PROGRAM);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Trained {
  readonly losses: readonly number[];
  readonly hash: string;
  readonly instructions: string;
}

async function train(settings: Readonly<Record<string, string>>): Promise<Trained> {
  const env = { ...process.env, ...settings };
  const { stdout } = await promisify(execFile)(process.execPath, ['train.js'], {
    cwd: folder,
    env,
  });
  return JSON.parse(stdout) as Trained;
}

async function failureOfLoading(): Promise<string> {
  const program = `import('./server/ml/networks.js')
    .then(({ createNetworks }) => createNetworks())
    .catch(({ code, message }) => console.log(code, message));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { cwd: folder });
  return stdout.trim();
}

it('without the library the error names the cause and what to do', async () => {
  await rm(join(folder, 'node_modules'));
  expect(await failureOfLoading()).toBe(
    'LIBTENSORFLOW_MISSING libtensorflow cannot be loaded: ' +
      "Cannot find module '@tensorflow/tfjs-node'. Run `npm run setup`.",
  );
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
});

it('without our operations in it, too', async () => {
  const library = join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
  await rm(join(folder, 'node_modules'));
  await mkdir(library, { recursive: true });
  for (const part of ['package.json', 'dist']) {
    const from = resolve('node_modules', '@tensorflow', 'tfjs-node', part);
    await symlink(from, join(library, part));
  }
  expect(await failureOfLoading()).toMatch(
    /^LIBTENSORFLOW_MISSING .*Cannot find module '.*kernels\.node'\. Run `npm run setup`\.$/,
  );
  await rm(join(folder, 'node_modules'), { recursive: true });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
});

it('processes of one seed get the same losses and the same bytes, whatever their threads', async () => {
  const [first, second, third] = [
    await train({ TF_NUM_INTRAOP_THREADS: '1' }),
    await train({ TF_NUM_INTRAOP_THREADS: '2' }),
    await train({ TF_NUM_INTRAOP_THREADS: '5' }),
  ];
  expect(first.losses).toEqual([expect.any(Number), expect.any(Number)]);
  expect(second).toEqual(first);
  expect(third).toEqual(first);
});

it('the kernels for any processor train as those for this one, also from its checkpoint', async () => {
  const ours = await train({});
  const portable = await train({ LOOKALIKE_INSTRUCTIONS: 'portable' });
  expect(portable.instructions).toBe('portable');
  expect(portable.losses).toHaveLength(2);
  portable.losses.forEach((loss, epoch) => {
    expect(loss).toBeCloseTo(ours.losses[epoch] ?? Number.NaN, 4);
  });
  await train({ EPOCHS: '1' });
  const resumed = await train({ CHECKPOINT: 'after-1', LOOKALIKE_INSTRUCTIONS: 'portable' });
  expect(resumed.losses).toHaveLength(1);
  expect(resumed.losses[0]).toBeCloseTo(ours.losses[1] ?? Number.NaN, 4);
});

it.runIf(hasFusedProducts())('a processor with AVX2 runs the kernels for it', async () => {
  const { instructions, hash } = await train({});
  expect(instructions).toBe('avx2');
  // Its products are not rounded before they are added.
  expect(hash).not.toBe((await train({ LOOKALIKE_INSTRUCTIONS: 'portable' })).hash);
});

function hasFusedProducts(): boolean {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false;
  const flags = new Set(/^flags.*$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[0].split(/\s+/));
  return flags.has('avx2') && flags.has('fma');
}
