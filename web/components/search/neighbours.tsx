'use client';

import { formatNumberOf } from '../../lib/format';
import type { SearchState } from '../../lib/search-state';
import { useGridKeys } from '../../lib/use-grid-keys';
import { NeighbourCard } from './neighbour-card';
import type { Neighbour } from './search-documents';

/** The neighbours of a query, nearest first; arrow keys move among them. */
export function Neighbours({
  neighbours,
  label,
  state,
  asked,
  from,
  stale,
}: {
  neighbours: readonly Neighbour[];
  /** Label of the query, if it has one. */
  label: string | null;
  state: SearchState;
  /** How many were asked for. */
  asked: number;
  /** The query in words. */
  from: string;
  stale: boolean;
}) {
  const grid = useGridKeys(neighbours.length);
  const same = neighbours.filter(({ image }) => image.label === label).length;
  return (
    <section aria-labelledby="neighbours-title" className="min-w-0">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id="neighbours-title" className="text-base font-semibold">
          Neighbours
        </h2>
        <p role="status" className="text-sm text-muted">
          {formatNumberOf(neighbours.length, 'neighbour')} of {from}
          {label !== null &&
            `: ${same} ✓ with its label, ${neighbours.length - same} ≠ with another`}
          {neighbours.length < asked && `; there are no more than that`}
        </p>
      </div>
      <ol
        {...grid.container}
        className={`grid grid-cols-2 gap-3 min-[30rem]:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5 ${stale ? 'opacity-60' : ''}`}
      >
        {neighbours.map((neighbour, place) => (
          // Keyed by rank, so that the keyboard's place stays when the search goes on from a neighbour.
          <NeighbourCard
            key={neighbour.rank}
            neighbour={neighbour}
            queryLabel={label}
            state={state}
            gridItem={grid.item(place)}
          />
        ))}
      </ol>
    </section>
  );
}
