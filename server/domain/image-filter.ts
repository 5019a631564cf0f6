import { LookalikeError } from './errors.js';
import type { ImageFilter } from './image.js';

const MAX_ENTRIES = 20;

/** @throws LookalikeError INVALID_ARGUMENT where a filter asks for more entries than are looked for */
export function checkImageFilter({ metadata }: ImageFilter): void {
  const count = metadata?.length ?? 0;
  if (count <= MAX_ENTRIES) return;
  throw new LookalikeError(
    'INVALID_ARGUMENT',
    `The filter asks for ${count} metadata entries. Ask for up to ${MAX_ENTRIES}.`,
  );
}
