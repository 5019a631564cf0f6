'use client';

import Link from 'next/link';
import { useEffect } from 'react';
import { useQuery } from 'urql';
import { chooseDataset } from '../../lib/chosen-dataset';
import type { SearchState } from '../../lib/search-state';
import { ErrorNote } from '../elements/error-note';
import { Loading } from '../elements/loading';
import { QueryImageDocument } from './search-documents';
import { SearchResults } from './search-results';

/** The images most like an image of the dataset. */
export function ImageSearch({ imageId, state }: { imageId: string; state: SearchState }) {
  const [{ data, error }, ask] = useQuery({
    query: QueryImageDocument,
    variables: { id: imageId },
    requestPolicy: 'cache-first',
  });
  // While another one is fetched, what is shown stays.
  const image = data?.image;
  const datasetId = image?.dataset.id;
  useEffect(() => {
    if (datasetId) chooseDataset(datasetId);
  }, [datasetId]);

  if (error && image?.id !== imageId)
    return <ErrorNote error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  if (!image || !datasetId) return <Loading what="the neighbours" className="min-h-96" />;
  return (
    <SearchResults
      datasetId={datasetId}
      state={state}
      pictureUrl={image.url}
      alt={`Query image ${image.id}`}
      title={image.label ?? 'No label'}
      label={image.label ?? null}
      from={`image ${image.id}`}
      paused={image.id !== imageId}
    >
      <p>
        <Link className="link" href={`/dataset/images/${image.id}`}>
          Image {image.id}
        </Link>
        <span className="text-muted">
          {' '}
          · {image.split} · {image.width}×{image.height}
        </span>
      </p>
    </SearchResults>
  );
}
