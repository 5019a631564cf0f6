/** Which picture of a group of duplicates stays. */

interface Candidate {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly addedAt: string;
}

/** The largest picture, and of equally large ones the one that was there first. */
export function keptByDefault(images: readonly Candidate[]): string | null {
  const [best] = images.toSorted(
    (a, b) =>
      b.width * b.height - a.width * a.height ||
      Date.parse(a.addedAt) - Date.parse(b.addedAt) ||
      Number(a.id) - Number(b.id),
  );
  return best?.id ?? null;
}

/** The one that was chosen, if it is still there; else the one that stays by default. */
export function keptOf(images: readonly Candidate[], chosen: ReadonlySet<string>): string | null {
  return images.find(({ id }) => chosen.has(id))?.id ?? keptByDefault(images);
}

/** What goes when of every group only the kept one stays, each once. */
export function surplusOf(
  groups: readonly { readonly images: readonly Candidate[] }[],
  chosen: ReadonlySet<string>,
): string[] {
  const kept = groups.map(({ images }) => keptOf(images, chosen));
  const all = groups.flatMap(({ images }) => images.map(({ id }) => id));
  return [...new Set(all)].filter((id) => !kept.includes(id));
}
