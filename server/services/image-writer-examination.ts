import { LookalikeError, type ErrorCode } from '../domain/errors.js';
import type { PictureFacts } from '../domain/image.js';
import type { Embedding, Model } from '../domain/model.js';
import type { BulkRuntime, ExaminedFile } from '../ports/model-runtime.js';
import type { ReadFile } from './image-writer-intake.js';

const MAX_RAW_SIDE = 65_535;
/** What says that the model is at fault, and not a picture. */
const OF_THE_MODEL: readonly ErrorCode[] = [
  'BLOB_CORRUPT',
  'BLOB_MISSING',
  'CHECKPOINT_CORRUPT',
  'LIBTENSORFLOW_MISSING',
];

/**
 * Looks into files and embeds them under the model, if one is given; by name. What was computed
 * elsewhere is not computed again. Under a model that cannot be loaded nothing is embedded now.
 * @throws LookalikeError as `BulkRuntime.examine`
 */
export async function examineFiles(
  bulk: BulkRuntime,
  model: Model | null,
  files: readonly ReadFile[],
): Promise<Map<string, ExaminedFile>> {
  const examined = new Map<string, ExaminedFile>();
  const coded = files.filter(({ known }) => known === null);
  for (const file of files) if (file.known) examined.set(file.name, rawPicture(file, file.known));
  const embedded = coded.filter((file) => knownEmbedding(model, file) !== null);
  const others = coded.filter((file) => !embedded.includes(file));
  await examineInto(examined, embedded, (bytes) => bulk.examine(null, bytes));
  await examineInto(examined, others, (bytes) => examineUnder(bulk, model, bytes));
  for (const file of files) {
    const found = examined.get(file.name);
    const embedding = knownEmbedding(model, file);
    if (found && 'facts' in found && embedding) examined.set(file.name, { ...found, embedding });
  }
  return examined;
}

async function examineInto(
  examined: Map<string, ExaminedFile>,
  files: readonly ReadFile[],
  examine: (bytes: readonly Uint8Array[]) => Promise<ExaminedFile[]>,
): Promise<void> {
  if (files.length === 0) return;
  const answers = await examine(files.map(({ bytes }) => bytes));
  files.forEach(({ name }, position) => {
    const answer = answers[position];
    if (answer) examined.set(name, answer);
  });
}

/** A model that cannot be loaded must not keep pictures out. */
async function examineUnder(
  bulk: BulkRuntime,
  model: Model | null,
  bytes: readonly Uint8Array[],
): Promise<ExaminedFile[]> {
  try {
    return await bulk.examine(model, bytes);
  } catch (thrown) {
    const code = thrown instanceof LookalikeError ? thrown.code : 'INTERNAL';
    if (model === null || !OF_THE_MODEL.includes(code)) throw thrown;
    return bulk.examine(null, bytes);
  }
}

function knownEmbedding(
  model: Model | null,
  { embedding }: ReadFile,
): Omit<Embedding, 'imageId'> | null {
  return model && embedding?.vector.length === model.latentSize ? embedding : null;
}

function rawPicture({ name, bytes }: ReadFile, facts: PictureFacts): ExaminedFile {
  const { width, height, channels } = facts;
  const isSide = (side: number) => Number.isInteger(side) && side >= 1 && side <= MAX_RAW_SIDE;
  const isShape = isSide(width) && isSide(height) && (channels === 1 || channels === 3);
  if (isShape && bytes.byteLength === width * height * channels) {
    return { facts: { ...facts, hasAlpha: false }, thumbnail: null, embedding: null };
  }
  const message =
    `${name} is no raw picture of ${width} x ${height} pixels and ${channels} channels: ` +
    `it has ${bytes.byteLength} bytes.`;
  return { refusal: { code: 'UPLOAD_NOT_AN_IMAGE', message } };
}
