import type { Sharp } from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ChildProcessBulkRuntime } from '../../server/adapters/model-runtime/child-process/bulk-runtime.js';
import { ChildProcessModelRuntime } from '../../server/adapters/model-runtime/child-process/model-runtime.js';
import { plainJpegPixels } from '../../server/adapters/pictures/sharp/plain-jpeg.js';
import { plainPngPixels } from '../../server/adapters/pictures/sharp/plain-png.js';
import { SharpPictures } from '../../server/adapters/pictures/sharp/pictures.js';
import { LookalikeError } from '../../server/domain/errors.js';
import { decodedByLibvips } from '../server/adapters/decoded-by-libvips.js';
import { embeddingWorld } from '../server/adapters/embedding-world.js';
import { film, noise } from '../server/adapters/picture-files.js';
import { inputOf } from '../server/ml/pictures.js';
import { keptLog } from '../server/services/kept-log.js';
import { mutatedBytes, oneOf } from './mutations.js';
import { mutatedPng } from './png-chunks.js';
import { HANGS_MS, tryAll } from './rounds.js';

const SIDE = 28;
const REFUSALS = ['UPLOAD_NOT_AN_IMAGE', 'UPLOAD_TOO_LARGE'];
const FILES_AT_ONCE = 8;

const colours = () => noise(SIDE, SIDE);
const gray = () => noise(SIDE, SIDE).toColourspace('b-w');

/** Several of each kind, for each is written in several ways. */
const KINDS: readonly (readonly [string, readonly (() => Sharp)[]])[] = [
  [
    'JPEG',
    [
      () => colours().jpeg(),
      () => colours().jpeg({ progressive: true }),
      () => gray().jpeg(),
      () => colours().withMetadata({ orientation: 6 }).jpeg(),
    ],
  ],
  [
    'PNG',
    [
      () => colours().png(),
      () => gray().png(),
      () => colours().png({ palette: true }),
      () => colours().ensureAlpha(0.5).png({ progressive: true }),
    ],
  ],
  ['WebP', [() => colours().webp(), () => colours().ensureAlpha(0.5).webp({ lossless: true })]],
  ['AVIF', [() => colours().avif({ effort: 0 })]],
  ['GIF', [() => colours().gif(), () => film(SIDE, SIDE, [10, 90, 200]).gif()]],
  [
    'TIFF',
    [
      () => colours().tiff(),
      () => colours().tiff({ compression: 'lzw', tile: true }),
      () => gray().tiff({ compression: 'deflate' }),
    ],
  ],
];

function encoded(ways: readonly (() => Sharp)[]): Promise<Buffer[]> {
  return Promise.all(ways.map((way) => way().toBuffer()));
}

describe('harmed pictures take no process down, and hold none up', () => {
  it.each(KINDS)('%s files that are added', async (kind, ways) => {
    const { model } = await embeddingWorld();
    const files = await encoded(ways);
    const others = await encoded(KINDS.flatMap(([, all]) => all.slice(0, 1)));
    const log = keptLog();
    const limits = { examineMs: HANGS_MS, fileMs: 0, embedMs: HANGS_MS, rebuildMs: HANGS_MS };
    const bulk = new ChildProcessBulkRuntime('build/server/embedder.js', log, limits);
    onTestFinished(() => bulk.close());
    await tryAll(`${kind} files`, { rounds: 500 / FILES_AT_ONCE }, async (random) => {
      const harmed = Array.from({ length: FILES_AT_ONCE }, () =>
        mutatedBytes(oneOf(files, random), oneOf(others, random), random),
      );
      const answers = await bulk.examine(random() < 0.5 ? model : null, harmed);
      for (const [at, answer] of answers.entries()) {
        if ('refusal' in answer && !REFUSALS.includes(answer.refusal.code)) {
          return `${answer.refusal.code} ${answer.refusal.message} ${harmed[at]?.toString('base64')}`;
        }
      }
      return answers.length === harmed.length ? null : `${answers.length} answers`;
    });
    expect(log.lines).toEqual([]);
  });

  it('files that are searched by', async () => {
    const { model } = await embeddingWorld();
    const files = await encoded(KINDS.flatMap(([, ways]) => ways));
    const log = keptLog();
    const runtime = new ChildProcessModelRuntime('build/server/embedder.js', log);
    onTestFinished(() => runtime.close());
    await tryAll('query files', { rounds: 600, together: 4 }, async (random) => {
      const bytes = mutatedBytes(oneOf(files, random), oneOf(files, random), random);
      const crop = random() < 0.3 ? { left: 0.1, top: 0.2, width: 0.5, height: random() } : null;
      try {
        const vector = await runtime.embed(model, { picture: bytes, crop });
        const isWhole = vector.length === model.latentSize && vector.every(Number.isFinite);
        return isWhole ? null : `no vector: ${bytes.toString('base64')}`;
      } catch (thrown) {
        return isRefusal(thrown) ? null : `${String(thrown)} ${bytes.toString('base64')}`;
      }
    });
    expect(log.lines).toEqual([]);
  });
});

describe('what our own decoders take of harmed files is what libvips makes of them', () => {
  const pictures = new SharpPictures();

  it.each([
    ['PNG', plainPngPixels, mutatedPng, [() => colours().png(), () => gray().png()]],
    ['JPEG', plainJpegPixels, mutatedBytes, [() => colours().jpeg(), () => gray().jpeg()]],
  ] as const)('%s', async (kind, pixelsOf, harm, ways) => {
    const files = await encoded(ways);
    let taken = 0;
    await tryAll(`plain ${kind} files`, { rounds: 400, together: 2 }, async (random) => {
      const bytes = harm(oneOf(files, random), oneOf(files, random), random);
      const input = inputOf(SIDE, SIDE, oneOf([1, 3], random));
      const pixels = pixelsOf(bytes, input);
      if (!pixels) return null;
      taken += 1;
      try {
        await pictures.inspect(bytes);
      } catch (thrown) {
        return `taken though libvips says ${String(thrown)}: ${bytes.toString('base64')}`;
      }
      const expected = await decodedByLibvips(bytes, input);
      return Buffer.compare(pixels, expected) === 0
        ? null
        : `other pixels: ${bytes.toString('base64')}`;
    });
    // Else nothing was compared.
    expect(taken).toBeGreaterThan(0);
  });
});

function isRefusal(thrown: unknown): boolean {
  return thrown instanceof LookalikeError && [...REFUSALS, 'CROP_INVALID'].includes(thrown.code);
}
