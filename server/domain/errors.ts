/**
 * Every error a user can meet, by code. The text says what the code means and what to do; the
 * message of one error says the same with the particulars. The README's table is checked against it.
 */
export const ERROR_CODES = {
  ARCHITECTURE_NOT_FOUND: 'No architecture has this name. List them with `architectures`.',
  BLOB_CORRUPT: 'A stored file does not match its checksum. Restore it from a backup.',
  BLOB_MISSING: 'A stored file is gone. Restore it from a backup.',
  CHECKPOINT_CORRUPT: 'The checkpoint of a run cannot be read. Start a new run.',
  CONFIG_INVALID: 'A setting in the environment is wrong. The message lists every one.',
  DATA_DIRECTORY_LOCKED:
    'Another Lookalike process uses this data directory. Stop it, or set LOOKALIKE_DATA_DIR.',
  DATA_DIRECTORY_UNUSABLE: 'The data directory cannot be written. Check the path and its rights.',
  DATASET_NOT_FOUND: 'No dataset has this id. List them with `datasets`.',
  DATASET_NOT_READY: 'The dataset is still being imported. Wait until its status is READY.',
  EMBEDDER_CRASHED: 'The embedding process died; it is started again. Try once more.',
  EMBEDDER_TIMEOUT: 'The embedding process did not answer in time; it is started again.',
  HYPERPARAMETER_INVALID:
    'A hyper-parameter is unknown or out of range. The message names it and its range.',
  IDX_CORRUPT: 'An IDX file cannot be read. Delete it and run `npm run setup` to fetch it again.',
  IMAGE_NOT_EMBEDDED: 'The model has no embedding of this image. Train a new model.',
  IMAGE_NOT_FOUND: 'No image has this id. List them with `images`.',
  INDEX_CORRUPT: 'The index of a model does not match its checksum. It is rebuilt; try again soon.',
  INTERNAL: 'Something we did not foresee. The server log has the cause under the given reference.',
  INVALID_ARGUMENT: 'An argument is out of its range. The message names it and the range.',
  INVALID_ID: 'An id is not a positive whole number.',
  K_OUT_OF_RANGE: 'k must be a whole number from 1 to 1000.',
  LEASE_LOST: 'Another trainer took this run over. Nothing to do: it goes on there.',
  LIBTENSORFLOW_MISSING: 'libtensorflow cannot be loaded. Run `npm run setup`.',
  MODEL_ACTIVE: 'The active model cannot be deleted. Activate another one first.',
  MODEL_NOT_FOUND: 'No model has this id. List them with `models`.',
  NO_ACTIVE_MODEL: 'The dataset has no active model yet. Train one, or wait for the running one.',
  PORT_UNAVAILABLE: 'The port cannot be listened on. Stop what uses it, or set PORT.',
  REQUEST_INVALID:
    'The body of the request cannot be read. The message says what is wrong with it.',
  RUN_NOT_CANCELLABLE: 'The training run has ended already.',
  RUN_NOT_DELETABLE: 'The training run is still going. Cancel it first.',
  RUN_NOT_RESUMABLE: 'Only a cancelled, failed or interrupted training run can be resumed.',
  SOURCE_FILES_MISSING: 'The files to import are not there. Run `npm run setup`.',
  TRAINER_CRASHED:
    'The training process died several times on this run. The run keeps its checkpoint.',
  TRAINING_DIVERGED: 'The loss is no longer a number. Start a run with a smaller learning rate.',
  TRAINING_RUN_NOT_FOUND: 'No training run has this id. List them with `trainingRuns`.',
  UPLOAD_NOT_AN_IMAGE:
    'The file is not a JPEG, PNG or WebP picture, or it is cut short or damaged.',
  UPLOAD_TOO_LARGE: 'The file is over 25 MB or has over 100 megapixels. Send a smaller one.',
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
