'use client';

import Link from 'next/link';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { ErrorNote } from '../elements/error-note';
import { Picture } from '../elements/picture';

const ImageReconstructionDocument = graphql(`
  query ImageReconstruction($modelId: ID!, $imageIds: [ID!]!) {
    model(id: $modelId) {
      id
      reconstructions(imageIds: $imageIds) {
        url
        meanSquaredError
      }
    }
  }
`);

/** How the active model redraws an image. */
export function ImageReconstruction({ modelId, imageId }: { modelId: string; imageId: string }) {
  const [{ data, error }] = useQuery({
    query: ImageReconstructionDocument,
    variables: { modelId, imageIds: [imageId] },
    requestPolicy: 'cache-first',
  });
  const redrawn = data?.model.reconstructions[0];
  return (
    <figure className="card">
      {error ? (
        <div className="max-w-70">
          <ErrorNote error={error} />
        </div>
      ) : redrawn ? (
        <Picture url={redrawn.url} alt="The reconstruction" size={280} eager />
      ) : (
        <div
          role="status"
          aria-label="Loading the reconstruction"
          className="size-70 rounded-md bg-sunken"
        />
      )}
      <figcaption className="mt-2 text-sm text-muted">
        Reconstruction by{' '}
        <Link className="link" href={`/models/${modelId}`}>
          model {modelId}
        </Link>
        {redrawn && ` · MSE ${redrawn.meanSquaredError.toFixed(4)}`}
      </figcaption>
    </figure>
  );
}
