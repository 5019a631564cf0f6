/** Instants are stored as milliseconds since 1970, which sort and compare everywhere. */
export function dateOf(instant: number): Date {
  return new Date(instant);
}

export function optionalDateOf(instant: number | null): Date | null {
  return instant === null ? null : dateOf(instant);
}
