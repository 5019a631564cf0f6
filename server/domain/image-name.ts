import { LookalikeError } from './errors.js';

export const MAX_NAME_LENGTH = 1000;

/**
 * The name that a file is stored under: composed (NFC), with `/` between its parts. A name is only
 * ever a name: nothing makes a path of it.
 * @throws LookalikeError IMAGE_NAME_INVALID
 */
export function imageNameOf(given: string): string {
  const refuse = (why: string): never => {
    throw new LookalikeError(
      'IMAGE_NAME_INVALID',
      `The image name ${quoted(given)} ${why}. Rename the file.`,
    );
  };
  if (/\p{Surrogate}/u.test(given)) refuse('is not valid Unicode');
  if (/\p{Cc}/u.test(given)) refuse('has control characters');
  const name = given.normalize('NFC').replaceAll('\\', '/');
  if (name === '') refuse('is empty');
  if (Array.from(name).length > MAX_NAME_LENGTH) {
    refuse(`has over ${MAX_NAME_LENGTH.toLocaleString('en')} characters`);
  }
  const parts = name.split('/');
  if (parts[0] === '') refuse('begins with a slash');
  if (parts.some((part) => part === '')) refuse('has an empty part');
  if (parts.some((part) => part === '.' || part === '..')) refuse('has a part "." or ".."');
  return name;
}

/** A refused name, made fit to be told and stored: valid, of one line, of a bearable length. */
export function tellableName(given: string): string {
  const sound = given.replace(/\p{Surrogate}|\p{Cc}/gu, '\uFFFD');
  return Array.from(sound).slice(0, MAX_NAME_LENGTH).join('') || '(no name)';
}

function quoted(given: string): string {
  const told = Array.from(tellableName(given));
  return `"${told.length > 80 ? `${told.slice(0, 80).join('')}…` : told.join('')}"`;
}
