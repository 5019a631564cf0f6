/** EXACT: the same bytes. NEAR: embeddings within a distance. */
export const DUPLICATE_KINDS = ['EXACT', 'NEAR'] as const;
export type DuplicateKind = (typeof DUPLICATE_KINDS)[number];

/** RUNNING goes on; DONE has looked at every image; CANCELLED and FAILED ended before that. */
export type ScanStatus = 'RUNNING' | 'DONE' | 'CANCELLED' | 'FAILED';

/** Images that are alike. */
export interface DuplicateGroup {
  readonly kind: DuplicateKind;
  /** Ascending. */
  readonly imageIds: readonly number[];
  /** Largest cosine distance from one image to its nearest of the group; 0 for EXACT. */
  readonly distance: number;
}

/**
 * Joins near images to groups (union-find). Groups grow along chains: of three in a row the outer two
 * may be farther apart than any two that were joined.
 */
export class NearImages {
  private readonly parents = new Map<number, number>();
  /** Of every image that was joined: how far its nearest is. */
  private readonly nearest = new Map<number, number>();

  join(one: number, other: number, distance: number): void {
    for (const imageId of [one, other]) {
      this.nearest.set(imageId, Math.min(distance, this.nearest.get(imageId) ?? distance));
    }
    this.parents.set(this.rootOf(one), this.rootOf(other));
  }

  groups(): DuplicateGroup[] {
    const members = new Map<number, number[]>();
    for (const imageId of this.nearest.keys()) {
      const root = this.rootOf(imageId);
      const group = members.get(root);
      if (group) group.push(imageId);
      else members.set(root, [imageId]);
    }
    return [...members.values()].map((imageIds) => ({
      kind: 'NEAR',
      imageIds: imageIds.sort((a, b) => a - b),
      distance: imageIds.reduce((most, id) => Math.max(most, this.nearest.get(id) ?? 0), 0),
    }));
  }

  private rootOf(imageId: number): number {
    let root = imageId;
    for (let parent = this.parents.get(root); parent !== undefined && parent !== root;) {
      root = parent;
      parent = this.parents.get(root);
    }
    // Shortens the way for the next time.
    for (let place = imageId; place !== root;) {
      const parent = this.parents.get(place) ?? root;
      this.parents.set(place, root);
      place = parent;
    }
    return root;
  }
}

/**
 * All groups, largest first, then by their earliest image. A NEAR group whose images all have the
 * same bytes is left out: it says what an EXACT one says.
 */
export function duplicateGroups(
  exact: readonly (readonly number[])[],
  near: readonly DuplicateGroup[],
): DuplicateGroup[] {
  const bytesOf = new Map(exact.flatMap((ids, bytes) => ids.map((id) => [id, bytes] as const)));
  const isRepeated = ({ imageIds: [first = 0, ...others] }: DuplicateGroup): boolean => {
    const bytes = bytesOf.get(first);
    return bytes !== undefined && others.every((id) => bytesOf.get(id) === bytes);
  };
  const exactGroups = exact.map((ids): DuplicateGroup => ({
    kind: 'EXACT',
    imageIds: [...ids].sort((a, b) => a - b),
    distance: 0,
  }));
  return largestFirst([...exactGroups, ...near.filter((group) => !isRepeated(group))]);
}

/**
 * The groups as these images make them up, ordered as by `duplicateGroups`; those that are left with
 * one image are none any more.
 */
export function groupsAmong(
  groups: readonly DuplicateGroup[],
  present: ReadonlySet<number>,
): DuplicateGroup[] {
  const left = groups.flatMap((group) => {
    const imageIds = group.imageIds.filter((id) => present.has(id));
    return imageIds.length < 2 ? [] : [{ ...group, imageIds }];
  });
  return largestFirst(left);
}

function largestFirst(groups: readonly DuplicateGroup[]): DuplicateGroup[] {
  return [...groups].sort(
    (a, b) => b.imageIds.length - a.imageIds.length || (a.imageIds[0] ?? 0) - (b.imageIds[0] ?? 0),
  );
}
