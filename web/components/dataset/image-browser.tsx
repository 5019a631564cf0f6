'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { Split } from '../../gql/graphql';
import { formatNumberOf } from '../../lib/format';
import { addressWith, pushAddress } from '../../lib/url-state';
import { useGridKeys } from '../../lib/use-grid-keys';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { Picture } from '../elements/picture';
import { Section } from '../elements/section';
import { ImageFilters } from './image-filters';

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
          url
          label
          split
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
  const split = splitOf(params.get('split'));
  const label = params.get('label');
  const before = params.get('before');
  const page = before
    ? { last: PAGE_SIZE, before }
    : { first: PAGE_SIZE, after: params.get('after') };
  const [{ data, error, fetching }, ask] = useQuery({
    query: ImagesDocument,
    variables: { datasetId, filter: { split, label }, ...page },
  });
  const images = data?.images.edges ?? [];
  const info = data?.images.pageInfo;
  const grid = useGridKeys(images.length);
  const go = (changes: Record<string, string | null>) =>
    pushAddress(addressWith(path, params, { after: null, before: null, ...changes }));

  return (
    <Section
      title="All images"
      hint={
        <span role="status">
          {data ? formatNumberOf(data.images.totalCount, 'image') : 'Counting …'}
          {(split || label) && ' meet the filter'}
        </span>
      }
      actions={<ImageFilters datasetId={datasetId} split={split} label={label} onChange={go} />}
    >
      {error && <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />}
      <ul
        {...grid.container}
        aria-label="Images"
        aria-busy={fetching}
        className={`grid grid-cols-[repeat(auto-fill,minmax(4rem,1fr))] gap-1.5 ${fetching ? 'opacity-60' : ''}`}
      >
        {!data &&
          !error &&
          PLACES.map((place) => <li key={place} className="aspect-square rounded-md bg-sunken" />)}
        {images.map(({ node }, place) => (
          <li key={node.id}>
            <Link
              {...grid.item(place)}
              href={`/dataset/images/${node.id}`}
              prefetch={false}
              title={`Image ${node.id}, ${node.label ?? 'no label'}, ${node.split}`}
              className="block rounded-md hover:outline-2 hover:outline-accent"
            >
              <Picture
                url={node.url}
                alt={`Image ${node.id}, ${node.label ?? 'no label'}, ${node.split}`}
                size={72}
                className="aspect-square h-auto w-full"
              />
            </Link>
          </li>
        ))}
      </ul>
      {data && images.length === 0 && (
        <p className="py-8 text-center text-sm text-muted">
          No image meets the filter. Choose another label or split.
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
    </Section>
  );
}

function splitOf(text: string | null): Split | null {
  return text === 'TRAIN' || text === 'TEST' ? text : null;
}
