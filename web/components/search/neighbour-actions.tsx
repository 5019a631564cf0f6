import { hasRoom, withExample, type Side } from '../../lib/examples-tray';
import { imageRef, searchAddress, type SearchState } from '../../lib/search-state';
import { pushAddress } from '../../lib/url-state';

const LOOK =
  'min-h-8 flex-1 rounded-md border border-transparent px-1 text-xs font-medium whitespace-nowrap hover:border-line-strong hover:bg-sunken disabled:cursor-not-allowed disabled:opacity-50';

/** What can be said of a neighbour: more like it, less like it; and why it is one. */
export function NeighbourActions({
  imageId,
  state,
  tabIndex,
  onExplain,
}: {
  imageId: string;
  state: SearchState;
  tabIndex: number;
  onExplain: () => void;
}) {
  const add = (side: Side) =>
    pushAddress(searchAddress(withExample(state, imageRef(imageId), side)));
  return (
    <div className="mt-auto flex flex-wrap gap-0.5 border-t border-line p-1">
      <button
        type="button"
        tabIndex={tabIndex}
        disabled={!hasRoom(state, 'LIKE')}
        title="More like this"
        aria-label={`More like image ${imageId}`}
        className={LOOK}
        onClick={() => add('LIKE')}
      >
        <span aria-hidden>+ More</span>
      </button>
      <button
        type="button"
        tabIndex={tabIndex}
        disabled={!hasRoom(state, 'UNLIKE')}
        title="Less like this"
        aria-label={`Less like image ${imageId}`}
        className={LOOK}
        onClick={() => add('UNLIKE')}
      >
        <span aria-hidden>− Less</span>
      </button>
      <button
        type="button"
        tabIndex={tabIndex}
        aria-haspopup="dialog"
        title="See why it is alike"
        aria-label={`See why image ${imageId} is alike`}
        className={LOOK}
        onClick={onExplain}
      >
        <span aria-hidden>Why?</span>
      </button>
    </div>
  );
}
