import type { Hyperparameters } from './architecture.js';
import { LookalikeError } from './errors.js';
import type { Evaluation } from './evaluation.js';
import type { Image, ImageFormat, MetadataEntry } from './image.js';
import type { InputSpec, Layer, ModelStatistics } from './model.js';
import type { Epoch } from './training-run.js';

/**
 * A bundle is a dataset in one file that any program can read: a zip (stored, not compressed) of
 *
 * - `originals/<first 2>/<sha256>.<extension>`: the files exactly as they were added, each named by
 *   its SHA-256 in lower-case hexadecimal; files with equal bytes are there once. `.raw` is 8-bit
 *   pixels, row by row, channels last, with no header;
 * - `images.jsonl`: one image a line, a JSON object (`BundleImage`): `name`, `label` (or null),
 *   `split` (TRAIN or TEST), `metadata` (an object of texts), `format`, `width` and `height` (pixels
 *   as shown), `channels`, `hasAlpha`, `addedAt` (ISO 8601), `sha256`, and `file`, the original's
 *   place in the zip. A line has at most 1 MiB. Names are only names: no program should make paths
 *   of them;
 * - of the active model, if there is one: `model/model.json` (`BundleModel`), `model/weights.bin`,
 *   `model/embeddings.f32` (for each line of `images.jsonl`, in that order, `latentSize` numbers of
 *   32 bits, little-endian; NaN where an image has no embedding), and `model/errors.f32` (for each
 *   line one such number, the mean squared error of the picture as the model redraws it, or NaN);
 * - last `manifest.json` (`BundleManifest`): `format` and `version`, `dataset` (its `name` and
 *   `title`), `exportedAt`, `counts`, and under `files` the `size` and `sha256` of every file but the
 *   originals, whose names are their checksums, and itself.
 *
 * Originals that no line names, and files that the manifest does not, mean nothing.
 */
export const BUNDLE_FORMAT = 'lookalike-bundle';
export const BUNDLE_VERSION = 1;

export const MANIFEST_FILE = 'manifest.json';
export const IMAGES_FILE = 'images.jsonl';
export const MODEL_FILE = 'model/model.json';
export const WEIGHTS_FILE = 'model/weights.bin';
export const EMBEDDINGS_FILE = 'model/embeddings.f32';
export const ERRORS_FILE = 'model/errors.f32';

export const MAX_BUNDLE_IMAGES = 1_000_000;
/** Room for the longest label, name and metadata that an image can have. */
export const MAX_LINE_BYTES = 1024 * 1024;
export const MAX_JSON_BYTES = 16 * 1024 * 1024;
export const MAX_WEIGHTS_BYTES = 512 * 1024 * 1024;

/** What tells whether bytes are the right ones: how many, and their SHA-256 in hexadecimal. */
export interface Fingerprint {
  readonly size: number;
  readonly sha256: string;
}

/** An image as a line of `images.jsonl` tells it. */
export type BundleImage = Pick<
  Image,
  'name' | 'label' | 'split' | 'format' | 'width' | 'height' | 'channels' | 'hasAlpha' | 'addedAt'
> & {
  readonly metadata: readonly MetadataEntry[];
  readonly sha256: string;
};

/** A model as `model/model.json` tells it. */
export interface BundleModel {
  readonly architecture: string;
  readonly hyperparameters: Hyperparameters;
  readonly input: InputSpec;
  readonly latentSize: number;
  readonly layers: readonly Layer[];
  readonly evaluation: Evaluation;
  readonly statistics: ModelStatistics | null;
  readonly epochs: readonly Omit<Epoch, 'runId'>[];
}

export interface BundleManifest {
  readonly name: string;
  readonly title: string;
  readonly exportedAt: Date;
  readonly counts: BundleCounts;
  readonly files: ReadonlyMap<string, Fingerprint>;
}

export interface BundleCounts {
  readonly images: number;
  readonly originals: number;
  readonly embeddings: number;
}

const EXTENSIONS: Readonly<Record<ImageFormat, string>> = {
  RAW: 'raw',
  JPEG: 'jpg',
  PNG: 'png',
  WEBP: 'webp',
  AVIF: 'avif',
  GIF: 'gif',
  TIFF: 'tif',
};

export const IMAGE_FORMATS = Object.keys(EXTENSIONS) as readonly ImageFormat[];

/** Where the original of an image lies in a bundle. */
export function originalFile({ sha256, format }: Pick<BundleImage, 'sha256' | 'format'>): string {
  return `originals/${sha256.slice(0, 2)}/${sha256}.${EXTENSIONS[format]}`;
}

/** What is said of a file that is no bundle, or not a whole one. */
export function bundleInvalid(what: string, cause?: unknown): LookalikeError {
  return new LookalikeError(
    'BUNDLE_INVALID',
    `The file is not a whole Lookalike bundle: ${what}. Export the dataset again.`,
    { cause },
  );
}
