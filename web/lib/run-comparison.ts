import type { Estimate } from './estimate';

/** What the page that compares runs makes of them. */

export const MOST_RUNS = 6;
export const FEWEST_RUNS = 2;

/** The ids in `1,2,3`, each once, as many as can be compared. */
export function runIdsOf(text: string | null): string[] {
  const ids = (text ?? '').split(',').filter((id) => /^[1-9]\d{0,15}$/.test(id));
  return [...new Set(ids)].slice(0, MOST_RUNS);
}

export function compareRunsAddress(ids: Iterable<string>): string {
  return `/runs/compare?ids=${[...ids].join(',')}`;
}

/** What was chosen for each run; null where a run has no such thing. */
export interface SettingRow {
  readonly name: string;
  readonly values: readonly (string | null)[];
}

interface NamedSettings {
  readonly settings: readonly (readonly [name: string, value: string])[];
}

/** The settings of runs, in the order they come in, parted into those that differ and those alike. */
export function settingRows(runs: readonly NamedSettings[]): {
  readonly differing: readonly SettingRow[];
  readonly alike: readonly SettingRow[];
} {
  const valuesOf = runs.map(({ settings }) => new Map(settings));
  const names = new Set(runs.flatMap(({ settings }) => settings.map(([name]) => name)));
  const rows = [...names].map((name) => ({
    name,
    values: valuesOf.map((values) => values.get(name) ?? null),
  }));
  const isAlike = ({ values }: SettingRow) => new Set(values).size === 1;
  return { differing: rows.filter((row) => !isAlike(row)), alike: rows.filter(isAlike) };
}

/**
 * Which of these is the best beyond chance: its interval lies above all others. Null where any other
 * reaches into it, and where there is nothing to compare.
 */
export function clearlyBest(estimates: readonly (Estimate | null)[]): number | null {
  const present = estimates.filter((estimate) => estimate !== null);
  if (present.length < 2) return null;
  const place = estimates.findIndex((estimate) =>
    present.every((other) => other === estimate || (estimate && estimate.low > other.high)),
  );
  return place < 0 || estimates[place] === null ? null : place;
}

/** The things of one kind together, in the order the kinds come in. */
export function grouped<Thing>(
  things: readonly Thing[],
  kindOf: (thing: Thing) => string,
): (readonly [kind: string, things: Thing[]])[] {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) {
    const kind = kindOf(thing);
    groups.set(kind, [...(groups.get(kind) ?? []), thing]);
  }
  return [...groups];
}
