const NAME = /^[a-z][a-z0-9-]{0,63}$/;

/** A name for a dataset of this title: `Café Möbel 2024` is `cafe-mobel-2024`. */
export function nameFromTitle(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 64);
  return plain.replace(/-+$/, '');
}

/** What is wrong with a name, by the same rule as the server's; null if nothing is. */
export function nameProblem(name: string): string | null {
  if (NAME.test(name)) return null;
  return 'A name is 1 to 64 lower-case letters, digits and dashes, and starts with a letter.';
}
