import Link from 'next/link';
import { oddnessWords } from '../../lib/percentile-words';
import type { GridItem } from '../../lib/use-grid-keys';
import { Picture } from '../elements/picture';
import type { OddImage } from './odd-page';

/** A picture that is redrawn badly: how badly, and where it can be looked at. */
export function OddCard({
  odd,
  selected,
  onToggle,
  gridItem,
}: {
  odd: OddImage;
  selected: boolean;
  onToggle: () => void;
  gridItem: GridItem;
}) {
  const { image, reconstructionError, percentile } = odd;
  const words = oddnessWords(percentile);
  return (
    <li
      data-testid="odd-image"
      className={`flex min-w-0 flex-col gap-1.5 rounded-lg border bg-card p-2 text-xs ${selected ? 'border-danger bg-danger-soft' : 'border-line hover:border-accent'}`}
    >
      <Link
        {...gridItem}
        href={`/dataset/images/${image.id}`}
        prefetch={false}
        className="block rounded-md"
      >
        <Picture
          url={image.thumbnailUrl}
          alt={`Image ${image.id}`}
          size={168}
          className="aspect-square h-auto w-full"
        />
        <span className="mt-1.5 block truncate text-sm font-medium">
          {image.label ?? 'No label'}
        </span>
      </Link>
      <p className="text-muted">
        {words && <span className="block text-ink first-letter:uppercase">{words}</span>}
        error {reconstructionError.toFixed(4)}
      </p>
      <p className="mt-auto flex flex-wrap items-center justify-between gap-x-2">
        <label className="flex min-h-6 items-center gap-1.5">
          <input
            type="checkbox"
            tabIndex={gridItem.tabIndex}
            checked={selected}
            onChange={onToggle}
            aria-label={`Select image ${image.id}`}
            className="size-4 accent-danger"
          />
          Select
        </label>
        <Link
          className="link"
          href={`/search?image=${image.id}`}
          prefetch={false}
          tabIndex={gridItem.tabIndex}
          aria-label={`Search from image ${image.id}`}
        >
          Search from it
        </Link>
      </p>
    </li>
  );
}
