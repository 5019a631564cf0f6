import { LookalikeError } from './errors.js';
import type { MetadataEntry } from './image.js';

const MAX_LABEL_LENGTH = 200;
const MAX_ENTRIES = 100;
const MAX_KEY_LENGTH = 64;
const MAX_VALUE_LENGTH = 1000;

/** What is said of an image in words. */
export interface ImageWords {
  readonly label: string | null;
  readonly metadata: readonly MetadataEntry[];
}

/** @throws LookalikeError IMAGE_DESCRIPTION_INVALID, naming the entry and the limit */
export function checkImageWords({ label, metadata }: ImageWords): void {
  if (label !== null) checkText('The label', label, MAX_LABEL_LENGTH, /\p{Cc}/u);
  if (metadata.length > MAX_ENTRIES) {
    refuse(`There are ${metadata.length} metadata entries. Up to ${MAX_ENTRIES} are kept.`);
  }
  const keys = new Set<string>();
  for (const { key, value } of metadata) {
    if (key === '') refuse('A metadata entry has no key. Name it, or leave it out.');
    checkText(`The metadata key "${key.slice(0, MAX_KEY_LENGTH)}"`, key, MAX_KEY_LENGTH, /\p{Cc}/u);
    checkText(`The value of "${key}"`, value, MAX_VALUE_LENGTH, /[^\P{Cc}\t\n\r]/u);
    if (keys.has(key)) refuse(`The metadata key "${key}" is there twice. Give each key once.`);
    keys.add(key);
  }
}

/** Whether both say the same, in whatever order. */
export function sameMetadata(
  first: readonly MetadataEntry[],
  second: readonly MetadataEntry[],
): boolean {
  const values = new Map(first.map(({ key, value }) => [key, value]));
  return (
    first.length === second.length && second.every(({ key, value }) => values.get(key) === value)
  );
}

/** @param control the control characters that may not be there: SQLite ends a text at NUL, say */
function checkText(what: string, text: string, limit: number, control: RegExp): void {
  if (/\p{Surrogate}/u.test(text)) refuse(`${what} is not valid Unicode.`);
  if (control.test(text)) refuse(`${what} has a control character in it. Take that out.`);
  const { length } = Array.from(text);
  if (length > limit) {
    const told = limit.toLocaleString('en');
    refuse(`${what} has ${length} characters. Up to ${told} are kept: make it shorter.`);
  }
}

function refuse(message: string): never {
  throw new LookalikeError('IMAGE_DESCRIPTION_INVALID', message);
}
