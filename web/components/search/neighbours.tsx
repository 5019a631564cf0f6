'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useDeferredValue, useState } from 'react';
import { formatNumberOf } from '../../lib/format';
import { isUnmeasured } from '../../lib/percentile-words';
import type { SearchState } from '../../lib/search-state';
import { useGridKeys } from '../../lib/use-grid-keys';
import { NeighbourCard } from './neighbour-card';
import type { Neighbour } from './search-documents';

/** Fetched when somebody asks why. */
const ExplainDialog = dynamic(() =>
  import('../explain/explain-dialog').then((module) => module.ExplainDialog),
);

/** The neighbours of a query, nearest first; arrow keys move among them. */
export function Neighbours({
  neighbours,
  datasetId,
  label,
  state,
  asked,
  from,
  filtered,
  pictureUrl,
  stale,
}: {
  neighbours: readonly Neighbour[];
  datasetId: string;
  /** Label of the query, if it has one. */
  label: string | null;
  state: SearchState;
  /** How many were asked for. */
  asked: number;
  /** The query in words. */
  from: string;
  /** Whether only some images are searched. */
  filtered: boolean;
  pictureUrl: string;
  stale: boolean;
}) {
  const grid = useGridKeys(neighbours.length);
  // As many as a thousand cards are drawn in pieces, so that what is typed or clicked meanwhile is heard.
  const cards = useDeferredValue(neighbours);
  const [explained, setExplained] = useState<number | null>(null);
  const same = neighbours.filter(({ image }) => image.label === label).length;
  const count = neighbours.length;
  return (
    <section aria-labelledby="neighbours-title" className="min-w-0">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id="neighbours-title" className="text-base font-semibold">
          Neighbours
        </h2>
        <p role="status" className="text-sm text-muted">
          {formatNumberOf(count, 'neighbour')} of {from}
          {label !== null && `: ${same} ✓ with its label, ${count - same} ≠ with another`}
          {count < asked &&
            (filtered
              ? `; ${count} of ${formatNumberOf(count, 'image')} that meet the filter`
              : `; there are no more than that`)}
        </p>
      </div>
      {count === 0 && (
        <p className="card py-10 text-center text-sm text-muted">
          {filtered
            ? 'No other image meets the filter. Take a condition away, or search in all splits.'
            : 'There is no other image that could be found yet.'}
        </p>
      )}
      {neighbours.some(({ percentile }) => isUnmeasured(percentile)) && (
        <p className="mb-3 text-sm text-muted">
          How far from chance these distances are is not known: the model was trained before this
          was measured.{' '}
          <Link className="link" href="/runs/new">
            Train a new model
          </Link>{' '}
          to have this.
        </p>
      )}
      <ol
        {...grid.container}
        className={`grid grid-cols-2 gap-3 min-[30rem]:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5 ${stale ? 'opacity-60' : ''}`}
      >
        {cards.map((neighbour, place) => (
          // Keyed by rank, so that the keyboard's place stays when the search goes on from a neighbour.
          <NeighbourCard
            key={neighbour.rank}
            neighbour={neighbour}
            queryLabel={label}
            state={state}
            place={place}
            tabIndex={grid.item(place).tabIndex}
            onExplain={setExplained}
          />
        ))}
      </ol>
      {explained !== null && neighbours[explained] && (
        <ExplainDialog
          neighbours={neighbours}
          place={explained}
          datasetId={datasetId}
          state={state}
          pictureUrl={pictureUrl}
          onGo={setExplained}
          onClose={() => setExplained(null)}
        />
      )}
    </section>
  );
}
