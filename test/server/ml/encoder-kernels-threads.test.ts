import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { transpileRooms } from './transpiled-rooms.js';

let folder: string;

/** Prints a hash of what the kernels of an encoder put out for pictures and parameters of chance. */
const PROGRAM = `
import { createHash } from 'node:crypto';
import { seededRandom } from './server/domain/random.js';
import { encoderBlueprint } from './server/ml/encoder-blueprint.js';
import { EncoderKernels } from './server/ml/encoder-kernels.js';
import { encoderStart, momentStart, targetStart } from './server/ml/encoder-start.js';
import { loadTensorFlow } from './server/ml/tf.js';
const tf = await loadTensorFlow();
const input = { height: 14, width: 13, channels: 1 };
const unit = (outputs, pooled, joined) => ({ outputs, pooled, joined });
const units = [unit(8, false, false), unit(16, true, false), unit(16, false, false), unit(16, false, true)];
const blueprint = encoderBlueprint(input, units, 8);
const kernels = new EncoderKernels(tf, blueprint);
const parameters = encoderStart(blueprint, 1);
const values = tf.tensor1d([...parameters, ...targetStart(3, 8, 1)]);
const random = seededRandom(2);
const pixels = Uint8Array.from({ length: 104 * 182 }, () => 256 * random());
const pictures = tf.tensor4d(pixels, [104, 14, 13, 1], 'bool');
const wanted = tf.oneHot(tf.tensor1d(Array.from({ length: 104 }, (_, at) => at % 3), 'int32'), 3);
const outputs = [
  ...Object.values(kernels.targetGradient(values, pictures, wanted.toFloat(), 8)),
  kernels.embed(values, tf.tensor1d(momentStart(blueprint)), pictures),
];
const hash = createHash('sha256');
for (const output of outputs) hash.update(output.dataSync());
console.log(outputs.map(({ size }) => size).join(), hash.digest('hex'));
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookalike-encoder-'));
  await transpileRooms(['domain', 'ml'], folder);
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'compute.js'), PROGRAM);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function computedBy(threads: number): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['compute.js'], {
    cwd: folder,
    env: { ...process.env, TF_NUM_INTRAOP_THREADS: String(threads) },
  });
  return stdout;
}

it('an encoder computes the same, bit by bit, whatever the number of threads', async () => {
  const alone = await computedBy(1);
  expect(alone).toMatch(/^1,\d+,112,832 [0-9a-f]{64}\n$/);
  expect(await computedBy(2)).toBe(alone);
  expect(await computedBy(5)).toBe(alone);
});
