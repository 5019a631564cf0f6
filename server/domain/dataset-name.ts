import { LookalikeError } from './errors.js';

const MAX_TITLE_LENGTH = 100;

/** @throws LookalikeError DATASET_NAME_INVALID */
export function checkDatasetName(name: string): void {
  if (/^[a-z][a-z0-9-]{0,63}$/.test(name)) return;
  throw new LookalikeError(
    'DATASET_NAME_INVALID',
    `"${name.slice(0, 80)}" is no dataset name: use 1 to 64 lower-case letters, digits and ` +
      'dashes, and start with a letter.',
  );
}

/**
 * The title of a dataset: what was given, or else its name.
 * @throws LookalikeError INVALID_ARGUMENT
 */
export function datasetTitleOf(name: string, given: string | null): string {
  const title = given?.trim() ?? '';
  if (Array.from(title).length > MAX_TITLE_LENGTH) {
    throw new LookalikeError(
      'INVALID_ARGUMENT',
      `The title has over ${MAX_TITLE_LENGTH} characters: make it shorter.`,
    );
  }
  if (/[\p{Cc}\p{Surrogate}]/u.test(title)) {
    throw new LookalikeError(
      'INVALID_ARGUMENT',
      'The title has a control character or half a character in it. Take that out.',
    );
  }
  return title === '' ? name : title;
}
