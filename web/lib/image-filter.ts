import type { ImageFilterInput, Split } from '../gql/graphql';

/** Which images the browser shows; all of it stands in the address. */
export interface ImageFilterState {
  readonly split: Split | null;
  readonly label: string | null;
  readonly metadataKey: string | null;
  readonly metadataValue: string | null;
  /** Days as a date field writes them, both included: `2026-03-31`. */
  readonly addedFrom: string | null;
  readonly addedTo: string | null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function imageFilterOf(params: URLSearchParams): ImageFilterState {
  const split = params.get('split');
  return {
    split: split === 'TRAIN' || split === 'TEST' ? split : null,
    label: params.get('label'),
    metadataKey: params.get('key'),
    metadataValue: params.get('value'),
    addedFrom: dayOf(params.get('from')),
    addedTo: dayOf(params.get('to')),
  };
}

/** The filter as the API takes it; days are those of this browser's time zone. */
export function filterInput(state: ImageFilterState): ImageFilterInput {
  const { split, label, metadataKey, metadataValue, addedFrom, addedTo } = state;
  return {
    split,
    label,
    metadata: metadataKey && metadataValue ? [{ key: metadataKey, value: metadataValue }] : null,
    addedFrom: addedFrom ? startOf(addedFrom, 0) : null,
    addedBefore: addedTo ? startOf(addedTo, 1) : null,
  };
}

export function isFiltered(state: ImageFilterState): boolean {
  const { split, label, metadata, addedFrom, addedBefore } = filterInput(state);
  return [split, label, metadata, addedFrom, addedBefore].some((value) => value !== null);
}

/** Changes of the address that take every condition away. */
export const NO_FILTER = {
  split: null,
  label: null,
  key: null,
  value: null,
  from: null,
  to: null,
} as const;

function dayOf(text: string | null): string | null {
  return text && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}

/** Midnight at the beginning of a day, or of one so many days later. */
function startOf(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
