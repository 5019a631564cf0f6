import { expect, it, onTestFinished } from 'vitest';
import { ConsoleLog } from '../../../server/adapters/log/console/log.js';
import { ChildProcessModelRuntime } from '../../../server/adapters/model-runtime/child-process/model-runtime.js';
import { embeddingWorld, jpegEndingWith } from './embedding-world.js';

async function queryWorld() {
  const world = await embeddingWorld();
  const runtime = new ChildProcessModelRuntime(world.entry, new ConsoleLog('test'));
  onTestFinished(() => runtime.close());
  const query = { picture: await jpegEndingWith('good'), crop: null };
  return { ...world, runtime, query };
}

it('queries are embedded and redrawn by one process', async () => {
  const { runtime, model, query, pids } = await queryWorld();
  const vectors = await Promise.all([query, query].map((each) => runtime.embed(model, each)));
  expect(vectors.map(({ length }) => length)).toEqual([model.latentSize, model.latentSize]);
  const [redrawn] = await runtime.reconstruct(model, [query]);
  expect(
    Buffer.from(redrawn?.png ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  expect(await pids()).toHaveLength(1);
});

it('pictures are altered by it as training alters them, alike for the same seed', async () => {
  const { runtime, model, query } = await queryWorld();
  const augmentation = { shift: 0.2, mirrored: 0.5, erased: 1 };
  const order = { input: model.input, augmentation, copies: 3 };
  const queries = [1, 2].map((seed) => ({ ...query, seed }));
  const [one, other] = await runtime.augment(order, queries);
  expect([one?.copies.length, other?.copies.length]).toEqual([3, 3]);
  expect(one?.input).toEqual(other?.input);
  expect(one?.copies).not.toEqual(other?.copies);
  expect((await runtime.augment(order, queries.slice(0, 1)))[0]).toEqual(one);
});

it('an error keeps its code on the way, and the process goes on', async () => {
  const { runtime, model, query, pids } = await queryWorld();
  const text = { picture: Buffer.from('text'), crop: null };
  await expect(runtime.embed(model, text)).rejects.toMatchObject({
    name: 'LookalikeError',
    code: 'UPLOAD_NOT_AN_IMAGE',
  });
  expect(await runtime.embed(model, query)).toHaveLength(model.latentSize);
  expect(await pids()).toHaveLength(1);
});

it('a process that dies fails what it was asked, and another one answers then', async () => {
  const { runtime, model, query, pids } = await queryWorld();
  await runtime.embed(model, query);
  const [first = 0] = await pids();
  // So that it does not answer before it is killed.
  process.kill(first, 'SIGSTOP');
  const asked = runtime.embed(model, query);
  process.kill(first, 'SIGKILL');
  await expect(asked).rejects.toMatchObject({ code: 'EMBEDDER_CRASHED' });
  expect(await runtime.embed(model, query)).toHaveLength(model.latentSize);
  expect(await pids()).toHaveLength(2);
});

it('a signal to end that goes to the whole group leaves the end to the server', async () => {
  const { runtime, model, query, pids } = await queryWorld();
  await runtime.embed(model, query);
  const [first = 0] = await pids();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.kill(first, signal);
  expect(await runtime.embed(model, query)).toHaveLength(model.latentSize);
  expect(await pids()).toEqual([first]);
});
