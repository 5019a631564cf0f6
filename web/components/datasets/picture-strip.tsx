'use client';

import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { Picture } from '../elements/picture';

const PictureStripDocument = graphql(`
  query PictureStrip($datasetId: ID!) {
    dataset(id: $datasetId) {
      id
      sample(size: 8) {
        id
        thumbnailUrl
      }
    }
  }
`);

/** Some pictures of a dataset, to tell it by. */
export function PictureStrip({ datasetId }: { datasetId: string }) {
  const [{ data }] = useQuery({
    query: PictureStripDocument,
    variables: { datasetId },
  });
  const images = data?.dataset.sample ?? [];
  return (
    // The pictures say nothing that words could: the title names the dataset.
    <div aria-hidden className="flex h-16 gap-1.5 overflow-hidden">
      {images.map(({ id, thumbnailUrl }) => (
        <Picture key={id} url={thumbnailUrl} alt="" size={64} className="shrink-0" />
      ))}
    </div>
  );
}
