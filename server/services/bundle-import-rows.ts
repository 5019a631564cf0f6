import { rowsOf } from '../domain/bundle-pieces.js';
import { EMBEDDINGS_FILE, ERRORS_FILE, originalFile, type BundleImage } from '../domain/bundle.js';
import { LookalikeError } from '../domain/errors.js';
import type { Embedding } from '../domain/model.js';
import type { BundleReader } from '../ports/bundles.js';
import { fingerprintOf, imagesIn, type CheckedBundle } from './bundle-check.js';
import type { NewFile } from './image-writer.js';

const MAX_PICTURE_BYTES = 100_000_000;

/** An image of a bundle with its embedding under the bundle's model. */
export interface BundleRow {
  readonly image: BundleImage;
  readonly embedding: Omit<Embedding, 'imageId'> | null;
}

/**
 * The images of a bundle in batches, in order.
 * @param withEmbeddings whether the bundle's model is wanted; without, every embedding is null
 * @throws LookalikeError BUNDLE_INVALID
 */
export async function* rowsIn(
  { reader, manifest, model }: CheckedBundle,
  withEmbeddings: boolean,
  batchSize: number,
): AsyncGenerator<readonly BundleRow[]> {
  const numbers = (file: string, perRow: number) =>
    rowsOf(reader.open(file, fingerprintOf(manifest, file)), perRow);
  const isWanted = model !== null && withEmbeddings;
  const vectors = isWanted ? numbers(EMBEDDINGS_FILE, model.latentSize) : null;
  const errors = isWanted ? numbers(ERRORS_FILE, 1) : null;
  try {
    let batch: BundleRow[] = [];
    for await (const image of imagesIn(reader, manifest)) {
      const vector = (await vectors?.next())?.value;
      const error = (await errors?.next())?.value;
      batch.push({ image, embedding: vector ? embeddingOf(vector, error?.[0]) : null });
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    await vectors?.return();
    await errors?.return();
  }
}

/** An image of a bundle as a file to add. */
export function fileOf(reader: BundleReader, { image, embedding }: BundleRow): NewFile {
  const { name, label, split, metadata, addedAt, format, width, height, channels, hasAlpha } =
    image;
  return {
    ...{ name, label, split, metadata, addedAt, embedding },
    known: { format, width, height, channels, hasAlpha },
    bytes: () => {
      const size = reader.sizeOf(originalFile(image)) ?? 0;
      if (size > MAX_PICTURE_BYTES) throw new LookalikeError('UPLOAD_TOO_LARGE');
      return reader.read(originalFile(image), MAX_PICTURE_BYTES, image.sha256);
    },
  };
}

/** NaN says that there is none; numbers that no network gives are not believed. */
function embeddingOf(
  vector: Float32Array,
  error: number | undefined,
): Omit<Embedding, 'imageId'> | null {
  if (!vector.every((number) => Number.isFinite(number))) return null;
  const isError = error !== undefined && Number.isFinite(error) && error >= 0;
  return { vector, reconstructionError: isError ? error : null };
}
