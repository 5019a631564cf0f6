import type { Estimate } from './estimate';
import { formatPercent } from './format';

interface LabelRow {
  readonly label: string;
  readonly precisionAt10: Estimate;
  readonly mistakenFor: readonly { readonly label?: string | null; readonly share: number }[];
}

/** Of the neighbours of queries with one label, the share that bears another, or the same. */
export interface ConfusionCell {
  readonly queryLabel: string;
  /** Null stands for images without a label. */
  readonly neighbourLabel: string | null;
  readonly share: number;
  readonly isSame: boolean;
  /** How strongly it is painted, 0 to 1: the same label by its share, a mistake against the largest. */
  readonly strength: number;
}

export interface Confusion {
  readonly columns: readonly (string | null)[];
  readonly rows: readonly (readonly ConfusionCell[])[];
  readonly largestMistake: number;
}

/** With more labels there is nothing to be seen in a map, and rows are not told whole. */
export const MAX_CONFUSION_LABELS = 30;

/** The rows in the order of the columns, so that the same labels lie on the diagonal. */
export function confusionOf(labels: readonly LabelRow[]): Confusion {
  const names = labels.map(({ label }) => label).sort((a, b) => a.localeCompare(b));
  const mistakes = labels.flatMap(({ mistakenFor }) => mistakenFor);
  const hasUnlabelled = mistakes.some(({ label }) => (label ?? null) === null);
  const columns = hasUnlabelled ? [...names, null] : names;
  const largestMistake = Math.max(0, ...mistakes.map(({ share }) => share));
  const rows = names.flatMap((name) => {
    const row = labels.find(({ label }) => label === name);
    if (!row) return [];
    return [
      columns.map((neighbourLabel): ConfusionCell => {
        const isSame = neighbourLabel === name;
        const mistake = row.mistakenFor.find(({ label }) => (label ?? null) === neighbourLabel);
        const share = isSame ? row.precisionAt10.value : (mistake?.share ?? 0);
        const strength = isSame || largestMistake === 0 ? share : share / largestMistake;
        return { queryLabel: name, neighbourLabel, share, isSame, strength };
      }),
    ];
  });
  return { columns, rows, largestMistake };
}

/** `Neighbours of Shirt: 12.5% bear Coat` */
export function confusionWords({ queryLabel, neighbourLabel, share }: ConfusionCell): string {
  const borne = neighbourLabel === null ? 'no label' : neighbourLabel;
  return `Neighbours of ${queryLabel}: ${formatPercent(share, 1)} bear ${borne}`;
}

/** `Coat 12.5%, no label 2.0%` and how many more there are. */
export function mistakeWords(mistakenFor: LabelRow['mistakenFor'], most: number): string {
  const told = mistakenFor
    .slice(0, most)
    .map(({ label, share }) => `${label ?? 'no label'} ${formatPercent(share, 1)}`);
  const more = mistakenFor.length - told.length;
  return [...told, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
