import type { Split } from '../domain/dataset.js';

/** What the folders that a file lies in say of it. */
export interface Placement {
  readonly label: string | null;
  readonly split: Split | null;
}

/**
 * The rule that holds for a source: the first folder is the label; where the first folders are just
 * `train` and `test` they are the split, and the second one is the label.
 * @param names of all files of the source
 * @param canBeWrapped whether one folder around everything, with folders in it, does not count
 */
export function placementRule(
  names: readonly string[],
  canBeWrapped: boolean,
): (name: string) => Placement {
  const outer = canBeWrapped ? wrapping(names) : 0;
  const tops = new Set(names.flatMap((name) => foldersOf(name)[outer]?.toLowerCase() ?? []));
  const isSplit = tops.size > 0 && [...tops].every((top) => top === 'train' || top === 'test');
  return (name) => {
    const [first, second] = foldersOf(name).slice(outer);
    if (!isSplit) return { label: first ?? null, split: null };
    const split = first?.toLowerCase();
    return {
      label: second ?? null,
      split: split === 'train' ? 'TRAIN' : split === 'test' ? 'TEST' : null,
    };
  };
}

/** 1 where one folder holds everything and has folders of its own. */
function wrapping(names: readonly string[]): number {
  const [top] = foldersOf(names[0] ?? '');
  if (top === undefined || /^(train|test)$/i.test(top)) return 0;
  const isAround = names.every((name) => name.startsWith(`${top}/`));
  return isAround && names.some((name) => foldersOf(name).length > 1) ? 1 : 0;
}

function foldersOf(name: string): string[] {
  return name.split('/').slice(0, -1);
}
