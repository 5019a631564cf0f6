import { estimateMean } from './bootstrap.js';
import {
  MAX_LABELS,
  MAX_MISTAKES,
  WHOLE_CONFUSION_LABELS,
  type LabelScores,
  type LabelShare,
} from './evaluation.js';

/** A query with the labels of its 10 nearest. */
export interface LabelledNeighbours {
  readonly label: string;
  readonly precisionAt10: number;
  readonly neighbourLabels: readonly (string | null)[];
}

/** All queries of a label together. */
interface Row {
  readonly label: string;
  readonly precisions: number[];
  readonly counts: Map<string | null, number>;
  neighbourCount: number;
}

/**
 * The labels of the queries, those with the most queries first, up to MAX_LABELS, and what each is
 * mistaken for. Equal ones are in the order of their names.
 */
export function labelScores(queries: readonly LabelledNeighbours[]): {
  readonly labelCount: number;
  readonly labels: readonly LabelScores[];
} {
  const rows = new Map<string, Row>();
  for (const { label, precisionAt10, neighbourLabels } of queries) {
    const row: Row = rows.get(label) ?? {
      label,
      precisions: [],
      counts: new Map(),
      neighbourCount: 0,
    };
    rows.set(label, row);
    row.precisions.push(precisionAt10);
    row.neighbourCount += neighbourLabels.length;
    for (const other of neighbourLabels) row.counts.set(other, (row.counts.get(other) ?? 0) + 1);
  }
  const isWhole = rows.size <= WHOLE_CONFUSION_LABELS;
  const mistakes = isWhole ? WHOLE_CONFUSION_LABELS : MAX_MISTAKES;
  const largest = [...rows.values()]
    .sort((a, b) => b.precisions.length - a.precisions.length || byName(a.label, b.label))
    .slice(0, MAX_LABELS);
  return {
    labelCount: rows.size,
    labels: largest.flatMap((row) => {
      const precisionAt10 = estimateMean(row.precisions);
      if (!precisionAt10) return [];
      const { label, precisions } = row;
      const mistakenFor = mistakesOf(row).slice(0, mistakes);
      return [{ label, queryCount: precisions.length, precisionAt10, mistakenFor }];
    }),
  };
}

function mistakesOf({ label, counts, neighbourCount }: Row): LabelShare[] {
  return [...counts]
    .filter(([other]) => other !== label)
    .map(([other, count]) => ({ label: other, share: count / neighbourCount }))
    .sort((a, b) => b.share - a.share || byName(a.label ?? '', b.label ?? ''));
}

/** By code points, as no machine's language changes it. */
function byName(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
