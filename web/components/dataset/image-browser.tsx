'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { formatNumberOf } from '../../lib/format';
import { filterInput, imageFilterOf, isFiltered, NO_FILTER } from '../../lib/image-filter';
import { addressWith, pushAddress } from '../../lib/url-state';
import { useGridKeys } from '../../lib/use-grid-keys';
import { useSelection } from '../../lib/use-selection';
import { useStepwise } from '../../lib/use-stepwise';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Section } from '../elements/section';
import { DeleteDialog } from '../elements/delete-dialog';
import { ImageFilters } from './image-filters';
import { ImageTile } from './image-tile';
import { SelectionBar } from './selection-bar';

const ImagesDocument = graphql(`
  query Images(
    $datasetId: ID!
    $filter: ImageFilterInput
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    images(
      datasetId: $datasetId
      filter: $filter
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      pageInfo {
        startCursor
        endCursor
        hasNextPage
        hasPreviousPage
      }
      edges {
        cursor
        node {
          id
          thumbnailUrl(inline: true)
          label
          split
          embedding
          embeddingFailure
        }
      }
    }
  }
`);

const PAGE_SIZE = 60;
const PLACES = Array.from({ length: PAGE_SIZE }, (_, place) => place);

/** All images in the order they were added, page by page, filtered; its place stands in the address. */
export function ImageBrowser({ datasetId }: { datasetId: string }) {
  const path = usePathname();
  const params = useSearchParams();
  const state = imageFilterOf(new URLSearchParams(params));
  const before = params.get('before');
  const page = before
    ? { last: PAGE_SIZE, before }
    : { first: PAGE_SIZE, after: params.get('after') };
  const [{ data, error, fetching }, ask] = useQuery({
    query: ImagesDocument,
    variables: { datasetId, filter: filterInput(state), ...page },
  });
  const [deleting, setDeleting] = useState(false);
  const edges = data?.images.edges;
  const images = useMemo(() => (edges ?? []).map(({ node }) => node), [edges]);
  const ids = useMemo(() => images.map(({ id }) => id), [images]);
  const shown = useStepwise(images);
  const places = edges || error ? images.map((_, place) => place) : PLACES;
  const info = data?.images.pageInfo;
  const grid = useGridKeys(images.length);
  const selection = useSelection(ids);
  const filtered = isFiltered(state);
  const go = (changes: Record<string, string | null>) =>
    pushAddress(addressWith(path, params, { after: null, before: null, ...changes }));
  const refresh = () => ask({ requestPolicy: 'network-only' });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    grid.container.onKeyDown(event);
    if (event.key === 'Escape') selection.clear();
    if (event.key === 'Delete' && selection.ids.size > 0) setDeleting(true);
  };

  return (
    <Section
      title="All images"
      hint={
        <span role="status">
          {data ? formatNumberOf(data.images.totalCount, 'image') : 'Counting …'}
          {filtered && ' meet the filter'}
        </span>
      }
    >
      <ImageFilters datasetId={datasetId} state={state} onChange={go} />
      {error && <ErrorNote error={error} onRetry={refresh} />}
      <SelectionBar selection={selection} shown={ids} onDelete={() => setDeleting(true)} />
      <ul
        {...grid.container}
        onKeyDown={onKeyDown}
        aria-label="Images"
        data-selecting={selection.ids.size > 0 || undefined}
        aria-busy={fetching || shown !== images}
        className={`group/grid grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2 ${fetching ? 'opacity-60' : ''}`}
      >
        {places.map((place) => {
          const image = shown[place];
          // The elements of a place are kept from page to page.
          if (!image) return <li key={place} className="aspect-square rounded-md bg-sunken" />;
          return (
            <ImageTile
              key={place}
              {...image}
              place={place}
              tabIndex={grid.item(place).tabIndex}
              selected={selection.ids.has(image.id)}
              onSelect={selection.select}
            />
          );
        })}
      </ul>
      {edges && images.length === 0 && (
        <p className="py-8 text-center text-sm text-muted">
          {filtered ? (
            <>
              No image meets the filter.{' '}
              <button type="button" className="link" onClick={() => go(NO_FILTER)}>
                Show all images
              </button>
            </>
          ) : (
            'There is no image here.'
          )}
        </p>
      )}
      <nav aria-label="Pages of images" className="mt-4 flex justify-between gap-2">
        <Button
          disabled={!info?.hasPreviousPage}
          onClick={() => go({ before: info?.startCursor ?? null })}
        >
          <span aria-hidden>←</span> Previous
        </Button>
        <Button
          disabled={!info?.hasNextPage}
          onClick={() => go({ after: info?.endCursor ?? null })}
        >
          Next <span aria-hidden>→</span>
        </Button>
      </nav>
      {deleting && (
        <DeleteDialog
          ids={[...selection.ids]}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            setDeleting(false);
            selection.clear();
            refresh();
          }}
        />
      )}
    </Section>
  );
}
