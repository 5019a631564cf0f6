import { memo } from 'react';
import { formatFixed } from '../../lib/format';
import { NEARNESS_MEANING, nearnessWords } from '../../lib/percentile-words';
import { fromExample, imageRef, searchAddress, type SearchState } from '../../lib/search-state';
import { Picture } from '../elements/picture';
import { Bar } from '../elements/progress-bar';
import { StateLink } from '../elements/state-link';
import { NeighbourActions } from './neighbour-actions';
import type { Neighbour } from './search-documents';

/**
 * One neighbour: picture, label, similarity, rank. Selecting it searches on from it. There may be a
 * thousand: one is drawn anew only when something of it changes.
 */
export const NeighbourCard = memo(function NeighbourCard({
  neighbour,
  queryLabel,
  state,
  place,
  tabIndex,
  onExplain,
}: {
  neighbour: Neighbour;
  queryLabel: string | null;
  state: SearchState;
  /** In the grid. */
  place: number;
  tabIndex: number;
  onExplain: (place: number) => void;
}) {
  const { image, rank, similarity, distance, percentile } = neighbour;
  const label = image.label ?? 'No label';
  const nearness = nearnessWords(percentile);
  return (
    <li
      data-testid="neighbour"
      className="flex min-w-0 flex-col rounded-lg border border-line bg-card hover:border-accent"
    >
      <StateLink
        data-grid-item={place}
        tabIndex={tabIndex}
        href={searchAddress(fromExample(state, imageRef(image.id)))}
        title={`Image ${image.id} (${image.split}), cosine distance ${formatFixed(distance, 4)}`}
        className="group block rounded-lg p-2"
      >
        <span className="relative block">
          <Picture
            url={image.thumbnailUrl}
            alt={`Image ${image.id}`}
            size={168}
            className="aspect-square h-auto w-full"
          />
          <span className="absolute top-1.5 left-1.5 rounded bg-black/75 px-1.5 py-0.5 text-xs font-semibold text-[#fff]">
            <span className="sr-only">Rank </span>
            {rank}
          </span>
        </span>
        <span className="mt-2 flex items-baseline justify-between gap-2 text-sm">
          <span className="truncate font-medium">{label}</span>
          <SameLabel label={image.label ?? null} queryLabel={queryLabel} />
        </span>
        <span className="mt-1.5 flex items-center gap-2 text-xs text-muted">
          <span className="h-1.5 flex-1 overflow-hidden rounded-full bg-sunken">
            <Bar share={similarity} />
          </span>
          <span>
            <span className="sr-only">Similarity </span>
            {formatFixed(similarity, 3)}
          </span>
        </span>
        <span
          title={nearness ? NEARNESS_MEANING : undefined}
          className="mt-1 block text-xs text-muted"
        >
          {nearness && <span className="block text-ink first-letter:uppercase">{nearness}</span>}
          distance {formatFixed(distance, 4)}
        </span>
      </StateLink>
      <NeighbourActions
        imageId={image.id}
        state={state}
        tabIndex={tabIndex}
        onExplain={() => onExplain(place)}
      />
    </li>
  );
});

/** Whether the label is that of the query: a sign (the line above the neighbours explains it), not a colour alone. */
function SameLabel({ label, queryLabel }: { label: string | null; queryLabel: string | null }) {
  if (queryLabel === null || label === null) return null;
  const same = label === queryLabel;
  return (
    <span
      title={same ? 'Same label as the query' : 'Another label than the query'}
      className={`shrink-0 font-semibold ${same ? 'text-accent' : 'text-warning'}`}
    >
      <span aria-hidden>{same ? '✓' : '≠'}</span>
      <span className="sr-only">{same ? ', same label' : ', other label'}</span>
    </span>
  );
}
