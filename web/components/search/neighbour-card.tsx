import { formatFixed } from '../../lib/format';
import { fromImage, searchAddress, type SearchState } from '../../lib/search-state';
import { Picture } from '../elements/picture';
import { Bar } from '../elements/progress-bar';
import { StateLink } from '../elements/state-link';
import type { Neighbour } from './search-documents';

/** One neighbour: picture, label, similarity, rank. Selecting it searches on from it. */
export function NeighbourCard({
  neighbour,
  queryLabel,
  state,
  gridItem,
}: {
  neighbour: Neighbour;
  queryLabel: string | null;
  state: SearchState;
  gridItem: { tabIndex: number; onFocus: () => void };
}) {
  const { image, rank, similarity, distance } = neighbour;
  const label = image.label ?? 'No label';
  return (
    <li data-testid="neighbour" className="min-w-0">
      <StateLink
        {...gridItem}
        href={searchAddress(fromImage(state, image.id))}
        title={`Image ${image.id} (${image.split}), cosine distance ${formatFixed(distance, 4)}`}
        className="group block rounded-lg border border-line bg-card p-2 hover:border-accent focus-visible:border-accent"
      >
        <span className="relative block">
          <Picture
            url={image.url}
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
      </StateLink>
    </li>
  );
}

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
