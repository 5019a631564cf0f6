import { expect, it, onTestFinished, vi } from 'vitest';
import { ConsoleLog } from '../../../server/adapters/log/console/log.js';
import { AnsweringProcess } from '../../../server/adapters/model-runtime/child-process/answering-process.js';
import { embeddingWorld, jpegEndingWith } from './embedding-world.js';

it('only the call that is late is told of its time: others may be repeated', async () => {
  const { entry } = await embeddingWorld();
  vi.stubEnv('HUNG_BY', 'hang');
  const manner = { name: 'bulk', niceness: 0 } as const;
  const process = new AnsweringProcess(entry, manner, new ConsoleLog('test'));
  onTestFinished(() => process.close());
  const [hang, good] = [await jpegEndingWith('hang'), await jpegEndingWith('good')];
  const calls = [
    process.call('examine', [null, [hang]], 5000),
    process.call('examine', [null, [good]], 60_000),
  ];
  expect(await Promise.allSettled(calls)).toMatchObject([
    { reason: { code: 'EMBEDDER_TIMEOUT' } },
    { reason: { code: 'EMBEDDER_CRASHED' } },
  ]);
  expect(await process.call('examine', [null, [good]], 60_000)).toMatchObject([
    { facts: { format: 'JPEG' } },
  ]);
});
