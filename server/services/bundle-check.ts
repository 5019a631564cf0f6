import { turnOfTheEventLoop } from '../domain/event-loop.js';
import { parseImageLine } from '../domain/bundle-images.js';
import { parseManifest } from '../domain/bundle-manifest.js';
import { parseModel } from '../domain/bundle-model.js';
import { linesOf, textOf } from '../domain/bundle-pieces.js';
import {
  bundleInvalid,
  EMBEDDINGS_FILE,
  ERRORS_FILE,
  IMAGES_FILE,
  MANIFEST_FILE,
  MAX_BUNDLE_IMAGES,
  MAX_JSON_BYTES,
  MAX_LINE_BYTES,
  MAX_WEIGHTS_BYTES,
  MODEL_FILE,
  originalFile,
  WEIGHTS_FILE,
  type BundleImage,
  type BundleManifest,
  type BundleModel,
  type Fingerprint,
} from '../domain/bundle.js';
import type { BundleReader } from '../ports/bundles.js';

const LINES_AT_A_TIME = 500;
const BYTES_PER_NUMBER = 4;

/** A bundle of which everything is right but what is in its originals, which nobody has looked into. */
export interface CheckedBundle {
  readonly reader: BundleReader;
  readonly manifest: BundleManifest;
  readonly imageCount: number;
  readonly model: BundleModel | null;
}

/**
 * Looks whether a bundle is whole: its manifest, the sizes and checksums of the files it names, every
 * line of `images.jsonl`, and whether the originals are there. @throws LookalikeError BUNDLE_INVALID
 */
export async function checkBundle(reader: BundleReader): Promise<CheckedBundle> {
  const bytes = await reader.read(MANIFEST_FILE, MAX_JSON_BYTES, null);
  const manifest = parseManifest(textOf(bytes, MANIFEST_FILE));
  const imageCount = await checkImages(reader, manifest);
  const model = manifest.files.has(MODEL_FILE)
    ? await checkedModel(reader, manifest, imageCount)
    : null;
  return { reader, manifest, imageCount, model };
}

/** The images of a bundle, in order. @throws LookalikeError BUNDLE_INVALID */
export async function* imagesIn(
  reader: BundleReader,
  manifest: BundleManifest,
): AsyncGenerator<BundleImage> {
  const pieces = reader.open(IMAGES_FILE, fingerprintOf(manifest, IMAGES_FILE));
  let number = 0;
  for await (const line of linesOf(pieces, MAX_LINE_BYTES)) {
    number += 1;
    if (number > MAX_BUNDLE_IMAGES) throw bundleInvalid(`it has over ${MAX_BUNDLE_IMAGES} images`);
    yield parseImageLine(line, number);
  }
}

/** @throws LookalikeError BUNDLE_INVALID */
export function fingerprintOf({ files }: BundleManifest, file: string): Fingerprint {
  const fingerprint = files.get(file);
  if (!fingerprint) throw bundleInvalid(`${MANIFEST_FILE} does not name ${file}`);
  return fingerprint;
}

async function checkImages(reader: BundleReader, manifest: BundleManifest): Promise<number> {
  let count = 0;
  for await (const image of imagesIn(reader, manifest)) {
    const file = originalFile(image);
    if (reader.sizeOf(file) === null) throw bundleInvalid(`${file} is not in it`);
    count += 1;
    // Lines come without a turn of the event loop; requests must get theirs.
    if (count % LINES_AT_A_TIME === 0) await turnOfTheEventLoop();
  }
  const told = manifest.counts.images;
  if (count !== told) throw bundleInvalid(`it has ${count} images instead of ${told}`);
  return count;
}

async function checkedModel(
  reader: BundleReader,
  manifest: BundleManifest,
  imageCount: number,
): Promise<BundleModel> {
  const { sha256 } = fingerprintOf(manifest, MODEL_FILE);
  const text = textOf(await reader.read(MODEL_FILE, MAX_JSON_BYTES, sha256), MODEL_FILE);
  const model = parseModel(text);
  if (fingerprintOf(manifest, WEIGHTS_FILE).size > MAX_WEIGHTS_BYTES) {
    throw bundleInvalid(`${WEIGHTS_FILE} has over ${MAX_WEIGHTS_BYTES} bytes`);
  }
  const numbers = imageCount * model.latentSize;
  checkSize(manifest, EMBEDDINGS_FILE, numbers * BYTES_PER_NUMBER);
  checkSize(manifest, ERRORS_FILE, imageCount * BYTES_PER_NUMBER);
  for (const file of [WEIGHTS_FILE, EMBEDDINGS_FILE, ERRORS_FILE]) {
    // Read to its end, a file shows whether it matches its checksum.
    let byteCount = 0;
    for await (const piece of reader.open(file, fingerprintOf(manifest, file))) {
      byteCount += piece.byteLength;
    }
    checkSize(manifest, file, byteCount);
  }
  return model;
}

function checkSize(manifest: BundleManifest, file: string, wanted: number): void {
  const { size } = fingerprintOf(manifest, file);
  if (size !== wanted) throw bundleInvalid(`${file} has ${size} bytes instead of ${wanted}`);
}
