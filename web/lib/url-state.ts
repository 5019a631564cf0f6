/** State that lives in the address, without a round trip to the server. */

/** The given parameters on top of the present ones; null takes one away. */
export function addressWith(
  path: string,
  present: { toString(): string },
  changes: Readonly<Record<string, string | number | null>>,
): string {
  const params = new URLSearchParams(present.toString());
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) params.delete(name);
    else params.set(name, String(value));
  }
  const query = params.toString();
  return query ? `${path}?${query}` : path;
}

/** Goes to an address of the same page: Next tells `useSearchParams`, the server is not asked. */
export function pushAddress(address: string): void {
  window.history.pushState(null, '', address);
}

export function replaceAddress(address: string): void {
  window.history.replaceState(null, '', address);
}
