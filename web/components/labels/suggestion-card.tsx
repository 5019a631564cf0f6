import Link from 'next/link';
import { formatPercent } from '../../lib/format';
import type { GridItem } from '../../lib/use-grid-keys';
import { Button } from '../elements/button';
import { Picture } from '../elements/picture';
import type { LabelSuggestion } from './label-documents';

/** An image, its label, the one that is proposed, and the neighbours that propose it. */
export function SuggestionCard({
  suggestion,
  selected,
  disabled,
  onSelect,
  onAccept,
  gridItem,
}: {
  suggestion: LabelSuggestion;
  selected: boolean;
  disabled: boolean;
  onSelect: (extend: boolean) => void;
  onAccept: () => void;
  gridItem: GridItem;
}) {
  const { image, suggestedLabel, confidence, neighbours } = suggestion;
  const words = `Image ${image.id}, ${image.label ?? 'no label'}: ${suggestedLabel}, ${formatPercent(confidence)} sure`;
  return (
    <li
      data-testid="label-suggestion"
      className={`flex min-w-0 flex-col gap-2 rounded-lg border bg-card p-3 text-sm ${selected ? 'border-accent bg-accent-soft' : 'border-line hover:border-accent'}`}
    >
      <div className="flex min-w-0 gap-3">
        <Link
          {...gridItem}
          href={`/dataset/images/${image.id}`}
          prefetch={false}
          aria-label={selected ? `${words}, selected` : words}
          className="shrink-0 self-start rounded-md"
        >
          <Picture url={image.thumbnailUrl} alt="" size={96} className="size-24" />
        </Link>
        <div className="min-w-0 flex-1">
          <p className="truncate text-muted" title={image.label ?? undefined}>
            {image.label ? <s>{image.label}</s> : 'No label'}
          </p>
          <p className="truncate text-base font-semibold" title={suggestedLabel}>
            <span aria-hidden>→ </span>
            {suggestedLabel}
          </p>
          <p className="text-muted">
            {formatPercent(confidence)} sure, {image.split}
          </p>
          <div className="mt-1 flex flex-wrap items-center gap-3">
            <label className="flex min-h-6 items-center gap-1.5">
              <input
                type="checkbox"
                tabIndex={gridItem.tabIndex}
                checked={selected}
                // The click tells whether Shift is held, which a change does not.
                onChange={() => undefined}
                onClick={({ shiftKey }) => onSelect(shiftKey)}
                aria-label={`Select image ${image.id}`}
                className="size-4 accent-accent"
              />
              Select
            </label>
            <Button
              look="quiet"
              tabIndex={gridItem.tabIndex}
              disabled={disabled}
              onClick={onAccept}
              aria-label={`Accept ${suggestedLabel} for image ${image.id}`}
            >
              Accept
            </Button>
          </div>
        </div>
      </div>
      <ol aria-label="Neighbours" className="grid grid-cols-10 gap-1">
        {neighbours.map((neighbour) => {
          const agrees = neighbour.image.label === suggestedLabel;
          const label = neighbour.image.label ?? 'no label';
          return (
            <li key={neighbour.image.id}>
              <span title={`${label}, similarity ${neighbour.similarity.toFixed(3)}`}>
                <Picture
                  url={neighbour.image.thumbnailUrl}
                  alt={label}
                  size={28}
                  className={`aspect-square h-auto w-full border-b-3 ${agrees ? 'border-accent' : 'border-warning'}`}
                />
              </span>
            </li>
          );
        })}
      </ol>
    </li>
  );
}
