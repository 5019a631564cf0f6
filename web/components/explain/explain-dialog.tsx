'use client';

import Link from 'next/link';
import { useId, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { useQuery } from 'urql';
import { nearnessWords } from '../../lib/percentile-words';
import { mainExampleOf } from '../../lib/search-input';
import type { SearchState } from '../../lib/search-state';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { Picture } from '../elements/picture';
import type { Neighbour } from '../search/search-documents';
import { ExplainDocument } from './explain-document';
import { ExplanationView } from './explanation-view';

/** Why a neighbour is one; left and right arrow go on to the one before and after. */
export function ExplainDialog({
  neighbours,
  place,
  datasetId,
  state,
  pictureUrl,
  onGo,
  onClose,
}: {
  neighbours: readonly Neighbour[];
  place: number;
  datasetId: string;
  state: SearchState;
  pictureUrl: string;
  onGo: (place: number) => void;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed while it is still in the page, so that the browser gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const go = (to: number) => {
    if (neighbours[to]) onGo(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') go(place - 1);
    else if (event.key === 'ArrowRight') go(place + 1);
    else return;
    event.preventDefault();
  };
  const neighbour = neighbours[place];
  if (!neighbour) return null;
  const { image, rank } = neighbour;
  const nearness = nearnessWords(neighbour.percentile);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="w-[min(52rem,calc(100vw-1.5rem))] rounded-lg border border-line bg-card p-4 text-ink backdrop:bg-black/50 sm:p-5"
    >
      <div className="mb-3 flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0 flex-1 basis-56">
          <h2 id={id} className="text-lg font-semibold">
            Why image {image.id} is alike
          </h2>
          <p role="status" className="text-sm text-muted">
            Neighbour {rank} of {neighbours.length}
            {image.label && `, ${image.label}`}
            {nearness && `; ${nearness}`}
          </p>
        </div>
        <div className="flex gap-2">
          <Button
            disabled={place === 0}
            aria-label="The neighbour before"
            onClick={() => go(place - 1)}
          >
            <span aria-hidden>←</span>
          </Button>
          <Button
            disabled={place === neighbours.length - 1}
            aria-label="The neighbour after"
            onClick={() => go(place + 1)}
          >
            <span aria-hidden>→</span>
          </Button>
          <Button autoFocus onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
      <Explained
        neighbour={neighbour}
        datasetId={datasetId}
        state={state}
        pictureUrl={pictureUrl}
      />
      <p className="mt-4 flex flex-wrap justify-between gap-x-4 gap-y-1 text-xs text-muted">
        <span>
          {state.likes.length + state.unlikes.length > 0 &&
            'Compared with the query alone, without the other examples. '}
          Left and right arrow: the neighbour before and after.
        </span>
        <Link className="link" href={`/dataset/images/${image.id}`}>
          Image {image.id}
        </Link>
      </p>
    </dialog>
  );
}

function Explained({
  neighbour,
  datasetId,
  state,
  pictureUrl,
}: {
  neighbour: Neighbour;
  datasetId: string;
  state: SearchState;
  pictureUrl: string;
}) {
  const example = mainExampleOf(state);
  const { image } = neighbour;
  const [{ data, error, fetching }, ask] = useQuery({
    query: ExplainDocument,
    variables: {
      datasetId,
      example: example ?? { imageId: image.id },
      imageId: image.id,
      modelId: state.modelId,
    },
    requestPolicy: 'cache-first',
    pause: !example,
  });
  if (error) {
    return (
      <div className="flex flex-col gap-4">
        <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        <div className="grid grid-cols-2 gap-4">
          <Picture url={pictureUrl} alt="The query" size={320} className="h-auto w-full" />
          <Picture url={image.url} alt={`Image ${image.id}`} size={320} className="h-auto w-full" />
        </div>
      </div>
    );
  }
  if (!data) return <Loading what="the explanation" className="min-h-96" />;
  return (
    <div aria-busy={fetching} className={fetching ? 'opacity-60' : ''}>
      <ExplanationView explanation={data.explainNeighbour} imageId={image.id} />
    </div>
  );
}
