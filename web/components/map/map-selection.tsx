'use client';

import Link from 'next/link';
import { useState } from 'react';
import { cssColour, labelColour } from '../../lib/map-colours';
import { EXAMPLES_MAX } from '../../lib/examples-tray';
import { formatCount, formatNumberOf } from '../../lib/format';
import { labelCounts, labelName, type MapPoints } from '../../lib/map-points';
import { imageRef, searchAddress, searchStateOf } from '../../lib/search-state';
import { useGridKeys } from '../../lib/use-grid-keys';
import { Button, ButtonLink } from '../elements/button';
import { Pager } from '../elements/pager';
import { Picture } from '../elements/picture';
import { Section } from '../elements/section';

const PAGE_SIZE = 60;

/** The images within the lasso: their labels, their pictures, and a search from them. */
export function MapSelection({
  points,
  version,
  selected,
  onClear,
}: {
  points: MapPoints;
  /** Of the map: ids start anew with a new data directory, and caches must not mix the two up. */
  version: string;
  selected: readonly number[];
  onClear: () => void;
}) {
  const [page, setPage] = useState(1);
  const shown = selected.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const grid = useGridKeys(shown.length);
  return (
    <Section
      title={`${formatNumberOf(selected.length, 'image')} selected`}
      actions={
        <>
          <ButtonLink href={searchFrom(points, selected)} prefetch={false}>
            {selected.length > EXAMPLES_MAX
              ? `Search with ${EXAMPLES_MAX} of these`
              : 'Search with these'}
          </ButtonLink>
          <Button look="quiet" onClick={onClear}>
            Select none
          </Button>
        </>
      }
    >
      <ul
        aria-label="Labels of the selected"
        className="mb-4 flex flex-wrap gap-x-4 gap-y-1 text-sm"
      >
        {labelCounts(points, selected).map(({ label, count }) => (
          <li key={label} className="flex items-center gap-1.5">
            <svg aria-hidden viewBox="0 0 10 10" className="size-2.5">
              <circle cx="5" cy="5" r="5" fill={cssColour(labelColour(label))} />
            </svg>
            {labelName(points.names, label)}
            <span className="text-muted">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
      <ol
        {...grid.container}
        aria-label="Selected images"
        className="mb-4 grid grid-cols-[repeat(auto-fill,minmax(4.5rem,1fr))] gap-2"
      >
        {shown.map((point, place) => {
          const id = points.imageIds[point] ?? 0;
          const label = labelName(points.names, points.labels[point] ?? 0);
          return (
            <li key={id} data-testid="selected-image">
              <Link
                {...grid.item(place)}
                href={`/dataset/images/${id}`}
                prefetch={false}
                title={`Image ${id}, ${label}`}
                className="block rounded-md hover:outline-2 hover:outline-accent"
              >
                <Picture
                  url={`/thumbnails/${id}?v=${version}`}
                  alt={`Image ${id}, ${label}`}
                  size={72}
                  className="aspect-square h-auto w-full"
                />
              </Link>
            </li>
          );
        })}
      </ol>
      <Pager
        label="Pages of the selected"
        page={page}
        pages={Math.ceil(selected.length / PAGE_SIZE)}
        onGo={setPage}
      />
    </Section>
  );
}

/** A search that takes the selected for examples; of too many some, spread over all. */
function searchFrom({ imageIds }: MapPoints, selected: readonly number[]): string {
  const count = Math.min(EXAMPLES_MAX, selected.length);
  const [query = null, ...likes] = Array.from({ length: count }, (_, at) => {
    const point = selected[Math.floor((at * selected.length) / count)] ?? 0;
    return imageRef(String(imageIds[point] ?? 0));
  });
  return searchAddress({ ...searchStateOf(new URLSearchParams()), query, likes });
}
