import { LookalikeError } from '../domain/errors.js';

/** GraphQL ids are strings; ours are whole numbers. @throws LookalikeError INVALID_ID */
export function parseId(id: string): number {
  const parsed = /^[1-9]\d{0,15}$/.test(id) ? Number(id) : Number.NaN;
  if (Number.isSafeInteger(parsed)) return parsed;
  throw new LookalikeError('INVALID_ID', `"${id}" is not an id: ids are positive whole numbers.`);
}

/** An optional id. @throws LookalikeError INVALID_ID */
export function parseOptionalId(id: string | null | undefined): number | null {
  return id === null || id === undefined ? null : parseId(id);
}

/** @throws LookalikeError INVALID_ARGUMENT unless `value` is a whole number from min to max */
export function requireRange(name: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new LookalikeError(
    'INVALID_ARGUMENT',
    `"${name}" must be a whole number from ${min} to ${max}, not ${value}.`,
  );
}
