'use client';

import { formatNumberOf } from '../../lib/format';
import type { Selection } from '../../lib/use-selection';
import { Button } from '../elements/button';

/** What is selected, and what can be done with it. */
export function SelectionBar({
  selection,
  shown,
  onDelete,
}: {
  selection: Selection;
  /** Ids of the page. */
  shown: readonly string[];
  onDelete: () => void;
}) {
  const { size } = selection.ids;
  if (size === 0) {
    return (
      <p className="mb-3 text-xs text-muted">
        Select pictures by their box, or with Space; Shift selects up to there.
      </p>
    );
  }
  return (
    <div
      role="group"
      aria-label="Selected images"
      className="sticky top-2 z-10 mb-3 flex flex-wrap items-center gap-2 rounded-md border border-accent bg-accent-soft px-3 py-2 text-sm"
    >
      <p role="status" className="mr-auto font-medium">
        {formatNumberOf(size, 'image')} selected
      </p>
      <Button look="quiet" onClick={() => selection.add(shown)}>
        Select the page
      </Button>
      <Button look="quiet" onClick={selection.clear}>
        Select none
      </Button>
      <Button look="danger" onClick={onDelete}>
        Delete …
      </Button>
    </div>
  );
}
