'use client';

import Link from 'next/link';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { ErrorNote } from '../elements/error-note';
import { Picture } from '../elements/picture';

const ReconstructionsDocument = graphql(`
  query Reconstructions($modelId: ID!, $imageIds: [ID!]!) {
    model(id: $modelId) {
      id
      reconstructions(imageIds: $imageIds) {
        url
        meanSquaredError
        image {
          id
          url
          label
        }
      }
    }
  }
`);

const PLACES = Array.from({ length: 12 }, (_, place) => place);

export function ReconstructionPairs({
  modelId,
  imageIds,
}: {
  modelId: string;
  imageIds: readonly string[];
}) {
  const [{ data, error, fetching }, ask] = useQuery({
    query: ReconstructionsDocument,
    variables: { modelId, imageIds: [...imageIds] },
    requestPolicy: 'cache-first',
    pause: imageIds.length === 0,
  });
  if (error)
    return <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  return (
    <ul
      aria-label="Originals and reconstructions"
      aria-busy={fetching}
      className={`grid grid-cols-4 sm:grid-cols-6 lg:grid-cols-12 gap-x-2 gap-y-4 ${fetching && data ? 'opacity-60' : ''}`}
    >
      {!data &&
        PLACES.map((place) => (
          <li key={place} className="flex flex-col gap-1">
            <span className="aspect-square rounded-md bg-sunken" />
            <span className="aspect-square rounded-md bg-sunken" />
            <span className="h-8.5" />
          </li>
        ))}
      {data?.model.reconstructions.map(({ image, url, meanSquaredError }, place) => (
        <li key={`${place} ${image.id}`} className="flex min-w-0 flex-col gap-1 text-xs">
          <Link href={`/dataset/images/${image.id}`} prefetch={false} className="rounded-md">
            <Picture
              url={image.url}
              alt={`Image ${image.id}`}
              size={96}
              className="aspect-square h-auto w-full"
            />
          </Link>
          <Picture
            url={url}
            alt={`Reconstruction of image ${image.id}`}
            size={96}
            className="aspect-square h-auto w-full"
          />
          <span className="truncate">{image.label ?? `Image ${image.id}`}</span>
          <span className="text-muted">
            <span className="sr-only">Mean squared error </span>
            {meanSquaredError.toFixed(4)}
          </span>
        </li>
      ))}
    </ul>
  );
}
