import type { ImageQuery } from '../../gql/graphql';
import { formatBytes, formatDateTime } from '../../lib/format';
import { Facts } from '../elements/facts';

export type DetailedImage = ImageQuery['image'];

/** What is known of an image. */
export function ImageFacts({ image }: { image: DetailedImage }) {
  return (
    <Facts
      facts={[
        ['Label', image.label ?? 'None'],
        ['Split', image.split],
        ['Name', <code key="name">{image.name}</code>],
        ['Added', formatDateTime(image.addedAt)],
        ['Search', searchWords(image)],
        ['Size', `${image.width} × ${image.height} pixels`],
        ['Channels', channelWords(image)],
        ['Format', image.format],
        ['Bytes', formatBytes(image.byteLength)],
        [
          'SHA-256',
          <code key="sha" className="text-xs break-all">
            {image.sha256}
          </code>,
        ],
        ...image.metadata.map(({ key, value }) => [key, value] as const),
      ]}
    />
  );
}

function channelWords({ channels, hasAlpha }: DetailedImage): string {
  const words = channels === 1 ? '1, grayscale' : '3, colour';
  return hasAlpha ? `${words}, and transparency` : words;
}

function searchWords({ embedding, embeddingFailure }: DetailedImage): string {
  switch (embedding) {
    case 'EMBEDDED':
      return 'Can be found';
    case 'PENDING':
      return 'Not embedded yet; it will be found soon';
    case 'FAILED':
      return `Cannot be found: ${embeddingFailure ?? 'it cannot be embedded'}`;
    default:
      return 'There is no model yet';
  }
}
