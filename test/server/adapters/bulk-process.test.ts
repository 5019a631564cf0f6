import { getPriority } from 'node:os';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ConsoleLog } from '../../../server/adapters/log/console/log.js';
import {
  ChildProcessBulkRuntime,
  type BulkLimits,
} from '../../../server/adapters/model-runtime/child-process/bulk-runtime.js';
import type { ExaminedFile } from '../../../server/ports/model-runtime.js';
import { newImage } from '../../contract/metadata/rows.js';
import { embeddingWorld, jpegEndingWith } from './embedding-world.js';

const MINUTE = 60_000;
const LIMITS = { examineMs: MINUTE, fileMs: 0, embedMs: MINUTE, rebuildMs: MINUTE };

function bulkOn(entry: string, limits: BulkLimits = LIMITS): ChildProcessBulkRuntime {
  const bulk = new ChildProcessBulkRuntime(entry, new ConsoleLog('test'), limits);
  onTestFinished(() => bulk.close());
  return bulk;
}

const codesOf = (answers: readonly ExaminedFile[]) =>
  answers.map((answer) => ('refusal' in answer ? answer.refusal.code : answer.facts.format));

describe('files that are examined', () => {
  it('are told apart in a process of lower priority, their vectors apart from the message', async () => {
    const { entry, model, pids } = await embeddingWorld();
    const bulk = bulkOn(entry);
    const files = [await jpegEndingWith('good'), Buffer.from('text'), await jpegEndingWith('fine')];
    const answers = await bulk.examine(model, files);
    expect(codesOf(answers)).toEqual(['JPEG', 'UPLOAD_NOT_AN_IMAGE', 'JPEG']);
    for (const answer of answers.filter((each) => 'facts' in each)) {
      const vector = answer.embedding?.vector;
      expect(vector).toHaveLength(model.latentSize);
      expect(vector?.buffer.byteLength).toBe(vector?.byteLength);
    }
    const [pid] = await pids();
    expect(getPriority(pid)).toBeGreaterThanOrEqual(5);
  });

  it('may be more than are sent at once', async () => {
    const { entry } = await embeddingWorld();
    const megabytes = 1024 * 1024;
    const sizes = [9, 9, 18, 1, 1].map((size) => size * megabytes);
    const files = await Promise.all(sizes.map((size) => jpegEndingWith('good', size)));
    files.splice(3, 0, Buffer.from('text'));
    const answers = await bulkOn(entry).examine(null, files);
    expect(codesOf(answers)).toEqual([
      'JPEG',
      'JPEG',
      'JPEG',
      'UPLOAD_NOT_AN_IMAGE',
      'JPEG',
      'JPEG',
    ]);
  });

  it('and kill the process are refused, and no other file is', async () => {
    const { entry, model, pids } = await embeddingWorld();
    vi.stubEnv('KILLED_BY', 'kill');
    const bulk = bulkOn(entry);
    const [good, bad] = [await jpegEndingWith('good'), await jpegEndingWith('kill')];
    const [mixed, innocent] = await Promise.all([
      bulk.examine(model, [good, bad, good, bad]),
      bulk.examine(null, [good, Buffer.from('text')]),
    ]);
    const crash = 'UPLOAD_CRASHED_DECODER';
    expect(codesOf(mixed)).toEqual(['JPEG', crash, 'JPEG', crash]);
    expect(codesOf(innocent)).toEqual(['JPEG', 'UPLOAD_NOT_AN_IMAGE']);
    expect(codesOf(await bulk.examine(model, [bad]))).toEqual([crash]);
    expect(codesOf(await bulk.examine(model, [good]))).toEqual(['JPEG']);
    expect((await pids()).length).toBeGreaterThan(3);
  });

  it('and hang the process are refused, with what happened', async () => {
    const { entry } = await embeddingWorld();
    vi.stubEnv('HUNG_BY', 'hang');
    const bulk = bulkOn(entry, { ...LIMITS, examineMs: 20_000 });
    const files = [await jpegEndingWith('good'), await jpegEndingWith('hang')];
    expect(await bulk.examine(null, files)).toMatchObject([
      { facts: { format: 'JPEG' } },
      {
        refusal: {
          code: 'UPLOAD_CRASHED_DECODER',
          message: 'Decoding the picture took over 20 seconds. It is refused.',
        },
      },
    ]);
  });
});

describe('images from the store', () => {
  it('that kill the process are failures, and no other image is', async () => {
    const { entry, model, stores } = await embeddingWorld();
    const blobId = await stores.blobs.put(await jpegEndingWith('good'));
    await stores.images.insertMany(
      ['a', 'b', 'c'].map((name) => newImage(model.datasetId, name, { blobId, format: 'JPEG' })),
    );
    const ids = await stores.images.ids(model.datasetId, {});
    vi.stubEnv('KILLED_BY', `image ${ids[1]}`);
    const { embeddings, failures } = await bulkOn(entry).embedImages(model, ids);
    expect(embeddings.map(({ imageId }) => imageId)).toEqual([ids[0], ids[2]]);
    const message = expect.stringContaining('took the decoding process down') as string;
    expect(failures).toEqual([{ imageId: ids[1], message }]);
  });
});

describe('nothing is blamed on a file', () => {
  it('where the process does not even start', async () => {
    const bulk = bulkOn('no-such-entry.mjs');
    const good = await jpegEndingWith('good');
    await expect(bulk.examine(null, [good])).rejects.toMatchObject({ code: 'EMBEDDER_CRASHED' });
  });

  it('where the model is damaged', async () => {
    const { entry, model, stores } = await embeddingWorld();
    const damaged = { ...model, weightsBlobId: await stores.blobs.put(Buffer.from('damaged')) };
    const files = [await jpegEndingWith('good')];
    await expect(bulkOn(entry).examine(damaged, files)).rejects.toMatchObject({
      code: 'CHECKPOINT_CORRUPT',
    });
  });

  it('where the server stops meanwhile, and after it nothing is begun', async () => {
    const { entry } = await embeddingWorld();
    vi.stubEnv('HUNG_BY', 'hang');
    const bulk = bulkOn(entry);
    const files = [await jpegEndingWith('hang')];
    const examined = bulk.examine(null, files);
    bulk.close();
    await expect(examined).rejects.toMatchObject({ code: 'EMBEDDER_CRASHED' });
    await expect(bulk.examine(null, files)).rejects.toMatchObject({ code: 'EMBEDDER_CRASHED' });
  });
});
