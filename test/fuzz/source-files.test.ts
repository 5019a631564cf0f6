import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FashionMnist } from '../../server/adapters/dataset-source/idx/fashion-mnist.js';
import { LookalikeError } from '../../server/domain/errors.js';
import { bundleBytes } from '../contract/bundle-bytes.js';
import { temporaryFolder } from '../contract/temporary-folder.js';
import { idx } from '../server/adapters/idx-bytes.js';
import { mixedDataset, withModel } from '../server/services/bundle-dataset.js';
import { exported, imported, openBundleWorld } from '../server/services/bundle-world.js';
import { keptLog } from '../server/services/kept-log.js';
import { below, mutatedBytes, mutatedJson, oneOf } from './mutations.js';
import { tryAll } from './rounds.js';
import { filesInZip } from './zip-files.js';

const REFUSALS = ['BUNDLE_INVALID', 'DATASET_NAME_INVALID', 'INVALID_ARGUMENT'];

describe('IDX files', () => {
  it('are read whole or refused in words', async () => {
    const folder = await temporaryFolder();
    const count = 12;
    const bytes = (length: number) => Array.from({ length }, (_, at) => (at * 7) % 10);
    const kinds = {
      images: idx([count, 4, 4], bytes(count * 16)),
      labels: idx([count], bytes(count)),
    };
    const names = { images: 'images-idx3-ubyte.gz', labels: 'labels-idx1-ubyte.gz' };
    const fileOf = (split: string, kind: keyof typeof kinds) =>
      join(folder, `${split}-${names[kind]}`);
    for (const split of ['train', 't10k']) {
      for (const kind of ['images', 'labels'] as const) {
        await writeFile(fileOf(split, kind), gzipSync(kinds[kind]));
      }
    }
    await tryAll('IDX files', { rounds: 500 }, async (random) => {
      const kind = oneOf(['images', 'labels'] as const, random);
      const isPackedAfter = random() < 0.6;
      const plain = isPackedAfter ? mutatedBytes(kinds[kind], kinds.images, random) : kinds[kind];
      const packed = gzipSync(plain);
      const harmed = isPackedAfter ? packed : mutatedBytes(packed, packed, random);
      await writeFile(fileOf('train', kind), harmed);
      try {
        const source = await new FashionMnist(folder).open();
        let read = 0;
        for await (const batch of source.images()) {
          const isWhole = batch.every(
            ({ width, height, bytes: of }) => of.length === width * height,
          );
          if (!isWhole) return 'a picture that is not whole';
          read += batch.length;
        }
        return read === source.count ? null : `${read} of ${source.count} pictures`;
      } catch (thrown) {
        const isTold = thrown instanceof LookalikeError && thrown.code === 'IDX_CORRUPT';
        return isTold ? null : String(thrown);
      } finally {
        await writeFile(fileOf('train', kind), gzipSync(kinds[kind]));
      }
    });
  });
});

describe('bundles', () => {
  it('are taken whole or refused in words', async () => {
    const world = await openBundleWorld(keptLog());
    const id = await mixedDataset(world);
    await withModel(world, id);
    const whole = await exported(world, id);
    const files = await filesInZip(whole);
    const outcomes = { taken: 0, refused: 0 };
    await tryAll('bundle files', { rounds: 500 }, async (random, round) => {
      const bytes =
        random() < 0.4
          ? mutatedBytes(whole, whole, random)
          : await bundleBytes(world.bundles, async (writer) => {
              const harmed = harmedFiles(files, random);
              for (const [name, content] of harmed) await writer.add(name, content);
            });
      try {
        const taken = await imported(world, bytes, `fuzz-${round}`);
        const dataset = await world.datasets.byId(taken);
        outcomes.taken += 1;
        await world.deletion.delete(taken);
        if (dataset?.status === 'READY') return null;
        const isTold = /^(BUNDLE_INVALID|UPLOAD_\w+|IMAGE_\w+):/.test(dataset?.importError ?? '');
        return isTold ? null : `${dataset?.status} ${dataset?.importError}`;
      } catch (thrown) {
        outcomes.refused += 1;
        const isTold = thrown instanceof LookalikeError && REFUSALS.includes(thrown.code);
        return isTold ? null : thrown instanceof Error ? String(thrown.stack) : String(thrown);
      }
    });
    expect(outcomes.taken).toBeGreaterThan(10);
    expect(outcomes.refused).toBeGreaterThan(10);
    expect(await world.incoming()).toEqual([]);
  });
});

type Files = readonly (readonly [string, Buffer])[];

/** One or two files of a bundle harmed, and the checksums right again: they are no obstacle to malice. */
function harmedFiles(files: Files, random: () => number): Files {
  const victims = [below(files.length, random), below(files.length, random)];
  const harmed = files.map(([name, bytes], at): [string, Buffer] =>
    victims.includes(at) ? [name, harmedFile(name, bytes, random)] : [name, bytes],
  );
  return harmed.map(([name, bytes]) => [
    name,
    name === 'manifest.json' ? withChecksums(bytes, harmed) : bytes,
  ]);
}

function harmedFile(name: string, bytes: Buffer, random: () => number): Buffer {
  if (!name.includes('.json') || random() < 0.2) return mutatedBytes(bytes, bytes, random);
  const lines = bytes.toString('utf8').split(name.endsWith('.jsonl') ? '\n' : /$^/);
  const harmed = lines.map((line) => {
    if (line === '' || random() < 0.5) return line;
    return JSON.stringify(mutatedJson(JSON.parse(line), random));
  });
  return Buffer.from(harmed.join('\n'));
}

function withChecksums(manifest: Buffer, files: Files): Buffer {
  try {
    const told = JSON.parse(manifest.toString('utf8')) as {
      files: Record<string, { size: number; sha256: string }>;
    };
    for (const [name, bytes] of files) {
      const entry = told.files[name];
      if (!entry) continue;
      entry.size = bytes.byteLength;
      entry.sha256 = createHash('sha256').update(bytes).digest('hex');
    }
    return Buffer.from(JSON.stringify(told));
  } catch {
    // Harmed beyond that: it goes as it is.
    return manifest;
  }
}
