'use client';

import Link from 'next/link';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { formatBytes } from '../../lib/format';
import { ButtonLink } from '../elements/button';
import { Facts } from '../elements/facts';
import { PageHeader } from '../elements/page-header';
import { PagePending } from '../elements/page-pending';
import { Picture } from '../elements/picture';
import { ImageReconstruction } from './image-reconstruction';

const ImageDocument = graphql(`
  query Image($id: ID!) {
    image(id: $id) {
      id
      url
      name
      label
      split
      format
      width
      height
      channels
      byteLength
      sha256
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
            <a className="link self-center text-sm" href={image.url}>
              Open the original
            </a>
          </>
        }
      >
        {image.label ?? 'No label'} ·{' '}
        <Link className="link" href="/dataset">
          {image.dataset.title}
        </Link>
      </PageHeader>
      <div className="flex flex-wrap items-start gap-5">
        <figure className="card">
          <Picture url={image.url} alt={image.label ?? `Image ${image.id}`} size={280} eager />
          <figcaption className="mt-2 text-sm text-muted">Original</figcaption>
        </figure>
        {model && <ImageReconstruction modelId={model.id} imageId={image.id} />}
        <section aria-label="Facts" className="card min-w-0 flex-1 basis-72">
          <Facts
            facts={[
              ['Label', image.label ?? 'None'],
              ['Split', image.split],
              ['Name', <code key="name">{image.name}</code>],
              ['Size', `${image.width} × ${image.height} pixels`],
              ['Channels', image.channels === 1 ? '1, grayscale' : '3, colour'],
              ['Format', image.format],
              ['Bytes', formatBytes(image.byteLength)],
              [
                'SHA-256',
                <code key="sha" className="text-xs break-all">
                  {image.sha256}
                </code>,
              ],
            ]}
          />
        </section>
      </div>
    </>
  );
}
