import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FashionMnist } from '../../../server/adapters/dataset-source/idx/fashion-mnist.js';
import { readConfig } from '../../../server/config.js';
import type { SourceImage } from '../../../server/ports/dataset-source.js';
import { temporaryFolder } from '../../contract/temporary-folder.js';
import { idx } from './idx-bytes.js';

interface Files {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

async function sourceOf(train: Files, test: Files): Promise<FashionMnist> {
  const folder = await temporaryFolder();
  for (const [prefix, { images, labels }] of Object.entries({ train, t10k: test })) {
    await writeFile(join(folder, `${prefix}-images-idx3-ubyte.gz`), gzipSync(images));
    await writeFile(join(folder, `${prefix}-labels-idx1-ubyte.gz`), gzipSync(labels));
  }
  return new FashionMnist(folder);
}

async function allOf(source: FashionMnist): Promise<SourceImage[]> {
  const all: SourceImage[] = [];
  for await (const batch of (await source.open()).images()) all.push(...batch);
  return all;
}

/** So many pictures of 2 rows of 3 pixels, numbered through. */
function files(labels: readonly number[]): Files {
  const pixels = Array.from({ length: labels.length * 6 }, (_, at) => at % 256);
  return { images: idx([labels.length, 2, 3], pixels), labels: idx([labels.length], labels) };
}

describe('Fashion-MNIST in small', () => {
  it('gives the training images, then the held-out ones, each with its label', async () => {
    const source = await sourceOf(files([9, 0]), files([4]));
    expect((await source.open()).count).toBe(3);
    const raw = { format: 'RAW', width: 3, height: 2, channels: 1 };
    const images = await allOf(source);
    expect(images.map(({ bytes, ...rest }) => ({ ...rest, bytes: [...bytes] }))).toEqual([
      { ...raw, name: 'train/0', split: 'TRAIN', label: 'Ankle boot', bytes: [0, 1, 2, 3, 4, 5] },
      {
        ...raw,
        name: 'train/1',
        split: 'TRAIN',
        label: 'T-shirt/top',
        bytes: [6, 7, 8, 9, 10, 11],
      },
      { ...raw, name: 'test/0', split: 'TEST', label: 'Coat', bytes: [0, 1, 2, 3, 4, 5] },
    ]);
  });

  it('gives an image whose label has no name without a label', async () => {
    const [image] = await allOf(await sourceOf(files([10]), files([])));
    expect(image).toMatchObject({ name: 'train/0', label: null });
  });

  const one = files([1]);
  it.each([
    ['fewer labels than images', { ...files([1, 2]), labels: one.labels }],
    ['more labels than images', { ...one, labels: idx([2], [1, 2]) }],
    ['images without rows', { ...one, images: idx([1, 6], [1, 2, 3, 4, 5, 6]) }],
    ['labels with rows', { ...one, labels: idx([1, 1], [1]) }],
  ])('is refused with %s', async (_, harmed) => {
    for (const [train, test] of [
      [harmed, one],
      [one, harmed],
    ] as const) {
      const source = await sourceOf(train, test);
      await expect(source.open()).rejects.toMatchObject({ code: 'IDX_CORRUPT' });
    }
  });

  it.each(['cut short', 'longer than it says'])(
    'with images that turn out to be %s is not whole',
    async (harm) => {
      const three = files([1, 2, 3]);
      const images =
        harm === 'cut short' ? three.images.subarray(0, -1) : Uint8Array.from([...three.images, 0]);
      const source = await sourceOf({ ...three, images }, one);
      const { whole } = await source.open();
      await expect(whole).rejects.toMatchObject({ code: 'IDX_CORRUPT' });
      await expect(allOf(source)).rejects.toMatchObject({ code: 'IDX_CORRUPT' });
    },
  );

  it('is refused when its files are not there', async () => {
    const source = new FashionMnist(await temporaryFolder());
    await expect(source.open()).rejects.toMatchObject({ code: 'SOURCE_FILES_MISSING' });
  });
});

describe('the real Fashion-MNIST, which setup has fetched', () => {
  it('has 60,000 training and 10,000 held-out images, evenly of ten labels', async () => {
    const source = new FashionMnist(readConfig(process.env).fashionMnistDirectory);
    const { count, images } = await source.open();
    expect(count).toBe(70_000);
    const counts = new Map<string, number>();
    const names = new Set<string>();
    for await (const batch of images()) {
      expect(batch.length).toBeLessThanOrEqual(12_000);
      for (const { name, split, label, width, height, bytes } of batch) {
        const kind = `${split} ${label} ${width}x${height} ${bytes.length}`;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        names.add(name);
      }
    }
    expect(names.size).toBe(70_000);
    const labels = ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat'].concat([
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ]);
    expect(counts).toEqual(
      new Map(
        labels.flatMap((label) => [
          [`TRAIN ${label} 28x28 784`, 6000],
          [`TEST ${label} 28x28 784`, 1000],
        ]),
      ),
    );
  });
});
