'use client';

import { useRouter } from 'next/navigation';
import Link from 'next/link';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { Button, ButtonLink } from '../elements/button';
import { PageHeader } from '../elements/page-header';
import { PagePending } from '../elements/page-pending';
import { Picture } from '../elements/picture';
import { DeleteDialog } from '../elements/delete-dialog';
import { ImageDescription } from './image-description';
import { ImageFacts } from './image-facts';
import { ImageReconstruction } from './image-reconstruction';

const ImageDocument = graphql(`
  query Image($id: ID!) {
    image(id: $id) {
      id
      url
      originalUrl
      name
      label
      split
      metadata {
        key
        value
      }
      format
      width
      height
      channels
      hasAlpha
      byteLength
      sha256
      addedAt
      embedding
      embeddingFailure
      dataset {
        id
        title
        activeModel {
          id
        }
      }
    }
  }
`);

/** One image: large, with its facts, and as the active model redraws it. */
export function ImageDetail({ id }: { id: string }) {
  const router = useRouter();
  const [deleting, setDeleting] = useState(false);
  const [{ data, error }, ask] = useQuery({ query: ImageDocument, variables: { id } });
  if (error || !data)
    return (
      <PagePending
        title={`Image ${id}`}
        what="the image"
        error={error}
        onRetry={() => ask({ requestPolicy: 'network-only' })}
        back={{ href: '/dataset', title: 'The dataset' }}
      />
    );
  const { image } = data;
  const model = image.dataset.activeModel;
  const tiny = Math.max(image.width, image.height) <= 64;
  return (
    <>
      <PageHeader
        title={`Image ${image.id}`}
        actions={
          <>
            {model && (
              <ButtonLink look="primary" href={`/search?image=${image.id}`}>
                Find similar
              </ButtonLink>
            )}
            <a className="link self-center text-sm" href={image.originalUrl} download>
              Download the original
            </a>
            <Button look="danger" onClick={() => setDeleting(true)}>
              Delete …
            </Button>
          </>
        }
      >
        {image.label ?? 'No label'} ·{' '}
        <Link className="link" href={`/dataset?dataset=${image.dataset.id}`}>
          {image.dataset.title}
        </Link>
      </PageHeader>
      <div className="flex flex-wrap items-start gap-5">
        <figure className="card">
          <Picture
            url={image.url}
            alt={image.label ?? `Image ${image.id}`}
            size={tiny ? 280 : 440}
            className="aspect-square h-auto"
            eager
          />
          <figcaption className="mt-2 text-sm text-muted">Original</figcaption>
        </figure>
        {model && <ImageReconstruction modelId={model.id} imageId={image.id} />}
        <section aria-label="Facts" className="card min-w-0 flex-1 basis-72">
          <ImageFacts image={image} />
        </section>
        <ImageDescription image={image} />
      </div>
      {deleting && (
        <DeleteDialog
          ids={[image.id]}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.push(`/dataset?dataset=${image.dataset.id}`)}
        />
      )}
    </>
  );
}
