import { expect, it } from 'vitest';
import { batchesOf, type Batch } from '../../../server/cli/image-batches.js';
import { LabelRows, type LabelRow } from '../../../server/cli/labels-file.js';
import { NotTaken, type PictureSource } from '../../../server/cli/picture-source.js';
import { placementRule } from '../../../server/cli/placement.js';
import type { Split } from '../../../server/domain/dataset.js';

/** A source of files of these sizes; null cannot be read. */
function sourceOf(files: Readonly<Record<string, number | null>>): PictureSource {
  return {
    names: Object.keys(files),
    async *files() {
      for (const [name, size] of Object.entries(files)) {
        yield {
          name,
          read: () =>
            size === null
              ? Promise.reject(new NotTaken('LINK_BROKEN', 'broken'))
              : Promise.resolve(new Uint8Array(size)),
        };
      }
    },
  };
}

async function batched(
  source: PictureSource,
  labels: LabelRows | null = null,
  split: Split | null = null,
) {
  const placementOf = placementRule(source.names, false);
  const batches: Batch[] = [];
  for await (const batch of batchesOf(source, { placementOf, labels, split })) batches.push(batch);
  return batches;
}

const many = (count: number, size: number) =>
  sourceOf(Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}.png`, size])));

it('a batch has up to 50 files', async () => {
  const batches = await batched(many(120, 10));
  expect(batches.map(({ pictures }) => pictures.length)).toEqual([50, 50, 20]);
});

it('a batch ends behind the file that brings it to 8 MB', async () => {
  const batches = await batched(many(7, 3_000_000));
  expect(batches.map(({ pictures }) => pictures.length)).toEqual([3, 3, 1]);
});

it('files that cannot be read go with the batch as refused', async () => {
  const [batch] = await batched(sourceOf({ 'a.png': 1, 'b.png': null, 'c.png': 2 }));
  expect(batch?.pictures.map(({ name }) => name)).toEqual(['a.png', 'c.png']);
  expect(batch?.refused).toEqual([{ name: 'b.png', code: 'LINK_BROKEN', message: 'broken' }]);
});

it('nothing makes no batch', async () => {
  expect(await batched(sourceOf({}))).toEqual([]);
});

it('what is said comes from the row, then the command, then the folder', async () => {
  const row: LabelRow = { label: 'boot', split: 'TEST', metadata: [{ key: 'size', value: '42' }] };
  const labels = new LabelRows(new Map([['train/shoe/1.png', row]]));
  const source = sourceOf({ 'train/shoe/1.png': 1, 'train/shoe/2.png': 1 });
  const words = async (split: Split | null) =>
    (await batched(source, labels, split)).flatMap(({ pictures }) =>
      pictures.map((picture) => [picture.label, picture.split, picture.metadata.length]),
    );
  expect(await words(null)).toEqual([
    ['boot', 'TEST', 1],
    ['shoe', 'TRAIN', 0],
  ]);
  expect(await words('TEST')).toEqual([
    ['boot', 'TEST', 1],
    ['shoe', 'TEST', 0],
  ]);
});
