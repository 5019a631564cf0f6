/**
 * Every error a user can meet, by code. The text says what the code means and what to do; the
 * message of one error says the same with the particulars. The README's table is checked against it.
 */
export const ERROR_CODES = {
  ARCHITECTURE_NOT_FOUND: 'No architecture has this name. List them with `architectures`.',
  BACKUP_EXISTS: 'There is a file of this name already. Choose another one, or give --force.',
  BACKUP_INVALID:
    'The file is not a whole Lookalike backup. Restore another one; the message says what is wrong.',
  BLOB_CORRUPT: 'A stored file does not match its checksum. Restore it from a backup.',
  BLOB_MISSING: 'A stored file is gone. Restore it from a backup.',
  BUNDLE_INVALID:
    'The file is not a whole Lookalike bundle. Export the dataset again; the message says what is wrong.',
  CHECKPOINT_CORRUPT: 'The checkpoint of a run cannot be read. Start a new run.',
  CONFIG_INVALID: 'A setting in the environment is wrong. The message lists every one.',
  CROP_INVALID:
    'A crop is not a part of the picture. Give left, top, width and height as shares from 0 to 1.',
  DATASET_BUSY: 'The dataset is in use. The message says by what; try again when that has ended.',
  DATASET_NAME_INVALID:
    'A dataset name is 1 to 64 lower-case letters, digits and dashes, and starts with a letter.',
  DATASET_NAME_TAKEN: 'Another dataset has this name. Choose another one.',
  DATASET_NOT_FOUND: 'No dataset has this id. List them with `datasets`.',
  DATASET_NOT_READY: 'The dataset is still being imported. Wait until its status is READY.',
  DATA_DIRECTORY_LOCKED:
    'Another Lookalike process uses this data directory. Stop it, or set LOOKALIKE_DATA_DIR.',
  DATA_DIRECTORY_NEWER:
    'A newer version of Lookalike has written the data directory. Start that version.',
  DATA_DIRECTORY_NOT_EMPTY:
    'A backup is restored into an empty data directory only. Name another one with --data.',
  DATA_DIRECTORY_UNUSABLE: 'The data directory cannot be written. Check the path and its rights.',
  DISK_FULL:
    'The disk of the data directory is full. Make room, then do it again: what was acknowledged is kept.',
  EMBEDDER_CRASHED: 'The embedding process died; it is started again. Try once more.',
  EMBEDDER_TIMEOUT: 'The embedding process did not answer in time; it is started again.',
  EXPLANATION_IMPOSSIBLE:
    'The embeddings of this architecture are no grid over the picture: there is no map to draw.',
  FORBIDDEN: 'This key may not do that. Ask with one of the role that the message names.',
  HOST_UNKNOWN:
    'The server does not go by the host name that it was asked under. Add it to LOOKALIKE_HOSTS.',
  HYPERPARAMETER_INVALID:
    'A hyper-parameter is unknown or out of range. The message names it and its range.',
  IDX_CORRUPT: 'An IDX file cannot be read. Delete it and run `npm run setup` to fetch it again.',
  IMAGE_DESCRIPTION_INVALID:
    'A label or a metadata entry is too long, or there are too many. The message names it and the limit.',
  IMAGE_NAME_INVALID: 'An image name is empty, too long, or not valid Unicode. Rename the file.',
  IMAGE_NAME_TAKEN:
    'The dataset has another picture of this name. Delete that first, or rename the file.',
  IMAGE_NOT_EMBEDDED:
    'The model has no embedding of this image (yet). `embedding` of the image tells why.',
  IMAGE_NOT_FOUND: 'No image has this id. List them with `images`.',
  INDEX_CORRUPT: 'The index of a model does not match its checksum. It is rebuilt; try again soon.',
  INPUT_INVALID: 'The input of the network is out of range. The message names what, and the range.',
  INTERNAL: 'Something we did not foresee. The server log has the cause under the given reference.',
  INVALID_ARGUMENT: 'An argument is out of its range. The message names it and the range.',
  INVALID_ID: 'An id is not a positive whole number.',
  K_OUT_OF_RANGE: 'k must be a whole number from 1 to 1000.',
  KEY_NOT_FOUND: 'No key has this id. List them with `accessKeys`.',
  LABELS_NEEDED:
    'The architecture learns from labels, and the TRAIN images have fewer than two. Label some, or train another.',
  LEASE_LOST: 'Another trainer took this run over. Nothing to do: it goes on there.',
  LIBTENSORFLOW_MISSING: 'libtensorflow cannot be loaded. Run `npm run setup`.',
  MAP_NOT_CANCELLABLE: 'The map has ended already.',
  MAP_NOT_FOUND: 'This map of the model has not been drawn yet. Start with `startEmbeddingMap`.',
  MODEL_ACTIVE: 'The active model cannot be deleted. Activate another one first.',
  MODEL_NOT_FOUND: 'No model has this id. List them with `models`.',
  MODEL_WORSE:
    'The model is worse than the active one. The message tells both numbers; give `force` to activate it.',
  NO_ACTIVE_MODEL: 'The dataset has no active model yet. Train one, or wait for the running one.',
  NO_EARLIER_MODEL:
    'No other model was active before, or none that is still there. Activate one of `models` instead.',
  OVERLOADED: 'Others wait for so much that there is no room for this. Try again in a moment.',
  PORT_UNAVAILABLE: 'The port cannot be listened on. Stop what uses it, or set PORT.',
  QUERY_EMPTY: 'A query has no positive example. Give an image, a picture or a vector.',
  QUERY_TOO_COSTLY:
    'The answer could hold too many fields. Ask for fewer at a time: a smaller `first` or `k`.',
  RATE_LIMITED:
    'Too many requests in a minute. The header Retry-After tells how many seconds to wait.',
  REQUEST_INVALID:
    'The body of the request cannot be read. The message says what is wrong with it.',
  RUN_NOT_CANCELLABLE: 'The training run has ended already.',
  RUN_NOT_DELETABLE: 'The training run is still going. Cancel it first.',
  RUN_NOT_RESUMABLE: 'Only a cancelled, failed or interrupted training run can be resumed.',
  SCAN_NOT_FOUND:
    'Nobody has looked for duplicates in this dataset yet. Start with `findDuplicates`.',
  SOURCE_FILES_MISSING: 'The files to import are not there. Run `npm run setup`.',
  SWEEP_NOT_CANCELLABLE: 'Every run of the sweep has ended already.',
  SWEEP_NOT_FOUND: 'No sweep has this id. List them with `sweeps`.',
  TIMED_OUT:
    'The answer took longer than it may. Ask for less at a time, or set LOOKALIKE_QUERY_SECONDS.',
  TRAINER_CRASHED:
    'The training process died several times on this run. The run keeps its checkpoint.',
  TRAINING_DIVERGED: 'The loss is no longer a number. Start a run with a smaller learning rate.',
  TRAINING_RUN_NOT_FOUND: 'No training run has this id. List them with `trainingRuns`.',
  UNAUTHENTICATED:
    'Nobody is logged in, or the key is unknown, revoked or expired. Log in at /login, or send a key.',
  UPLOAD_CRASHED_DECODER:
    'The picture took the decoding process down. It is refused; the file is damaged or malicious.',
  UPLOAD_NOT_AN_IMAGE:
    'The file is no JPEG, PNG, WebP, AVIF, GIF or TIFF picture, or it is cut short or damaged.',
  UPLOAD_TOO_LARGE: 'The file is over 100 MB or has over 100 megapixels. Send a smaller one.',
  VECTOR_INVALID:
    'A query vector has another length than the embeddings of the model, or no direction.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** An error that a user can act on. Anything else that is thrown is a fault of ours. */
export class LookalikeError extends Error {
  override readonly name = 'LookalikeError';

  constructor(
    readonly code: ErrorCode,
    message: string = ERROR_CODES[code],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const SOUGHT = {
  DATASET_NOT_FOUND: { thing: 'dataset', list: 'datasets' },
  IMAGE_NOT_FOUND: { thing: 'image', list: 'images' },
  MODEL_NOT_FOUND: { thing: 'model', list: 'models' },
  SWEEP_NOT_FOUND: { thing: 'sweep', list: 'sweeps' },
  TRAINING_RUN_NOT_FOUND: { thing: 'training run', list: 'trainingRuns' },
} as const;

/** The error for an id that nothing bears, with the query that lists those that there are. */
export function notFound(code: keyof typeof SOUGHT, id: number | string): LookalikeError {
  const { thing, list } = SOUGHT[code];
  return new LookalikeError(code, `There is no ${thing} ${id}. List them with \`${list}\`.`);
}

/** The text of anything that was thrown, for a log or a stored reason. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
