/** A labelled neighbour of an image, with its cosine distance. */
export interface Voter {
  readonly label: string;
  readonly distance: number;
}

/** What the neighbours of an image say of its label. */
export interface LabelVote {
  /** The label with the most votes; of equal ones that of the nearest neighbour. */
  readonly label: string;
  /** Its share of all votes, above 0 to 1. */
  readonly share: number;
  /** The share of the label that was asked for. */
  readonly ownShare: number;
}

/** How soon a vote loses weight with the distance. */
const TEMPERATURE = 0.07;

/**
 * The vote of the nearest: each counts exp(-distance / 0.07), as in Wu, Xiong, Yu, Lin, "Unsupervised
 * Feature Learning via Non-Parametric Instance Discrimination" (CVPR 2018). Null where nobody votes.
 * @param voters without the image itself
 * @param own the label that the image bears; null where it has none
 */
export function labelVote(voters: readonly Voter[], own: string | null): LabelVote | null {
  const nearest = voters.reduce((least, { distance }) => Math.min(least, distance), Infinity);
  const votes = new Map<string, number>();
  let sum = 0;
  for (const { label, distance } of [...voters].sort((a, b) => a.distance - b.distance)) {
    // Less the nearest, which changes no share, so that far ones do not all count 0.
    const vote = Math.exp((nearest - distance) / TEMPERATURE);
    votes.set(label, (votes.get(label) ?? 0) + vote);
    sum += vote;
  }
  let winner: string | null = null;
  for (const [label, vote] of votes) {
    if (winner === null || vote > (votes.get(winner) ?? 0)) winner = label;
  }
  if (winner === null) return null;
  const shareOf = (label: string) => (votes.get(label) ?? 0) / sum;
  return { label: winner, share: shareOf(winner), ownShare: own === null ? 0 : shareOf(own) };
}
