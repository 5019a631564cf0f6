import { useState, type FocusEvent, type KeyboardEvent } from 'react';

interface GridKeys {
  /** For the element around the items. */
  readonly container: {
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  };
  /** For the link or button of the item at this place: one stop for Tab, arrows go on. */
  readonly item: (place: number) => GridItem;
}

export interface GridItem {
  readonly 'data-grid-item': number;
  readonly tabIndex: number;
}

/** Arrow keys, Home and End among the items of a wrapping grid of so many. */
export function useGridKeys(count: number): GridKeys {
  const [current, setCurrent] = useState(0);
  const tabbable = Math.min(current, Math.max(0, count - 1));

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-grid-item]')];
    const from = items.findIndex((item) => item === document.activeElement);
    if (from < 0) return;
    const to = destination(event.key, from, items.length, columnsOf(items));
    if (to === null) return;
    event.preventDefault();
    items[to]?.focus();
  };
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    const place = target.dataset['gridItem'];
    if (place !== undefined) setCurrent(Number(place));
  };
  return {
    container: { onKeyDown, onFocus },
    item: (place) => ({
      'data-grid-item': place,
      tabIndex: place === tabbable ? 0 : -1,
    }),
  };
}

/** How many items lie beside each other in the first row. */
function columnsOf(items: readonly HTMLElement[]): number {
  const top = items[0]?.getBoundingClientRect().top;
  const next = items.findIndex((item) => item.getBoundingClientRect().top !== top);
  return next < 0 ? items.length : next;
}

function destination(key: string, from: number, count: number, columns: number): number | null {
  const steps: Record<string, number> = {
    ArrowRight: from + 1,
    ArrowLeft: from - 1,
    ArrowDown: from + columns,
    ArrowUp: from - columns,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  return to === undefined || to < 0 || to >= count ? null : to;
}
