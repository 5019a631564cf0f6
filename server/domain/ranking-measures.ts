/**
 * What is measured of one query, given which places of its ranking, nearest first, hold an image that
 * shares its label.
 */

/** Share of the first k that share the label; of all where the ranking is shorter. */
export function precisionAt(sharing: readonly boolean[], k: number): number {
  const first = sharing.slice(0, k);
  return first.length === 0 ? 0 : first.filter(Boolean).length / first.length;
}

/**
 * Average precision of a ranking that was cut off: the sum of the precision at every place that
 * shares the label, over as many as could share it there (Manning, Raghavan and Schütze,
 * Introduction to Information Retrieval, 2008, 8.4). 0 where no image could.
 *
 * @param sharingInBase images of the whole base that share the label
 */
export function averagePrecision(sharing: readonly boolean[], sharingInBase: number): number {
  const possible = Math.min(sharing.length, sharingInBase);
  if (possible === 0) return 0;
  let found = 0;
  let sum = 0;
  sharing.forEach((shares, place) => {
    if (!shares) return;
    found += 1;
    sum += found / (place + 1);
  });
  return sum / possible;
}

/**
 * The label that most of the neighbours bear; of several, that of the nearest. Neighbours without a
 * label have no vote; null where none has one.
 */
export function labelByVote(labels: readonly (string | null)[]): string | null {
  const votes = new Map<string, number>();
  for (const label of labels) if (label !== null) votes.set(label, (votes.get(label) ?? 0) + 1);
  let winner: string | null = null;
  // A map goes through its keys as they came: the nearest first.
  for (const [label, count] of votes) {
    if (winner === null || count > (votes.get(winner) ?? 0)) winner = label;
  }
  return winner;
}
