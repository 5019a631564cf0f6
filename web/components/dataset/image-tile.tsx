'use client';

import { useRouter } from 'next/navigation';
import { memo, type KeyboardEvent, type MouseEvent } from 'react';
import type { ImagesQuery } from '../../gql/graphql';
import { Picture } from '../elements/picture';

type TileImage = ImagesQuery['images']['edges'][number]['node'];

/**
 * A picture of the browser. Its box or Space selects it, Shift selects up to it; while something is
 * selected (the grid bears `data-selecting`) a click selects too. Enter opens it. A page has many: one is
 * drawn anew only when something of it changes, and follows its link by the router, which is less to
 * draw than a link of Next's that can fetch ahead.
 */
export const ImageTile = memo(function ImageTile({
  id,
  thumbnailUrl,
  label,
  split,
  embedding,
  embeddingFailure,
  place,
  tabIndex,
  selected,
  onSelect,
}: TileImage & {
  /** In the grid. */
  place: number;
  tabIndex: number;
  selected: boolean;
  onSelect: (id: string, extend: boolean) => void;
}) {
  const words = `Image ${id}, ${label ?? 'no label'}, ${split}`;
  const router = useRouter();
  const href = `/dataset/images/${id}`;
  const onClick = (event: MouseEvent) => {
    const { metaKey, ctrlKey, altKey, shiftKey } = event;
    const byKeyboard = event.detail === 0;
    // To a tab or window of its own, or to disk: that is the browser's.
    if (metaKey || ctrlKey || altKey || (byKeyboard && shiftKey)) return;
    event.preventDefault();
    const selecting = event.currentTarget.closest('[data-selecting]') !== null;
    if (!byKeyboard && (selecting || shiftKey)) onSelect(id, shiftKey);
    else router.push(href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== ' ') return;
    event.preventDefault();
    onSelect(id, event.shiftKey);
  };
  return (
    <li className="group relative">
      <a
        data-grid-item={place}
        tabIndex={tabIndex}
        href={href}
        title={words}
        onClick={onClick}
        onKeyDown={onKeyDown}
        className={`block rounded-md hover:outline-2 hover:outline-accent ${
          selected ? 'outline-3 outline-offset-1 outline-accent' : ''
        }`}
      >
        <Picture
          // Of another picture nothing is to be seen while this one is fetched.
          key={thumbnailUrl}
          url={thumbnailUrl}
          alt={selected ? `${words}, selected` : words}
          size={104}
          eager
          className="aspect-square h-auto w-full"
        />
      </a>
      <input
        type="checkbox"
        aria-label={`Select image ${id}`}
        tabIndex={-1}
        checked={selected}
        // The click tells whether Shift is held, which a change does not.
        onChange={() => undefined}
        onClick={({ shiftKey }) => onSelect(id, shiftKey)}
        className="absolute top-1 left-1 size-5 accent-(--accent) opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 group-data-selecting/grid:opacity-100 pointer-coarse:opacity-100"
      />
      <EmbeddingMark embedding={embedding} embeddingFailure={embeddingFailure} />
    </li>
  );
});

/** A sign on images that no search finds yet, or ever. */
function EmbeddingMark({
  embedding,
  embeddingFailure,
}: Pick<TileImage, 'embedding' | 'embeddingFailure'>) {
  if (embedding !== 'PENDING' && embedding !== 'FAILED') return null;
  const failed = embedding === 'FAILED';
  const words = failed
    ? `Cannot be embedded: ${embeddingFailure ?? 'no reason was given'}`
    : 'Not embedded yet: no search finds it';
  return (
    <span
      title={words}
      data-testid={`embedding-${embedding.toLowerCase()}`}
      className={`absolute right-1 bottom-1 rounded-full px-1.5 text-xs font-semibold ${
        failed ? 'bg-danger-soft text-danger' : 'bg-warning-soft text-warning'
      }`}
    >
      <span aria-hidden>{failed ? '!' : '…'}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}
