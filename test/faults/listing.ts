import type { Split } from '../../server/domain/dataset.js';
import { ask } from '../integration/graphql-request.js';
import type { RunningServer } from '../integration/running-server.js';

const PAGE = 200;

export interface ListedImage {
  readonly id: string;
  readonly name: string;
  readonly label: string | null;
  readonly split: Split;
  readonly sha256: string;
  readonly embedding: 'EMBEDDED' | 'PENDING' | 'FAILED' | null;
  readonly embeddingFailure: string | null;
  readonly metadata: readonly { readonly key: string; readonly value: string }[];
}

interface Page {
  readonly images: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: ListedImage }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** All images of a dataset as it lists them, page by page. */
export async function listedImages(
  server: RunningServer,
  datasetId: string,
): Promise<{ images: ListedImage[]; totalCount: number }> {
  const images: ListedImage[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page = await ask<Page>(
      server,
      `query ($datasetId: ID!, $first: Int!, $after: String) {
        images(datasetId: $datasetId, first: $first, after: $after) {
          totalCount
          edges { node {
            id name label split sha256 embedding embeddingFailure metadata { key value }
          } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      { datasetId, first: PAGE, after },
    );
    images.push(...page.images.edges.map(({ node }) => node));
    if (!page.images.pageInfo.hasNextPage) return { images, totalCount: page.images.totalCount };
    after = page.images.pageInfo.endCursor;
  }
}

export interface DatasetFacts {
  readonly status: string;
  readonly importedCount: number;
  readonly importError: string | null;
  readonly activeModel: { readonly id: string } | null;
  readonly embeddingCounts: Readonly<Record<'embedded' | 'pending' | 'failed', number>> | null;
  readonly labelCounts: readonly { label: string | null; split: Split; count: number }[];
  readonly activations: readonly { modelId: string }[];
}

export async function datasetFacts(
  server: RunningServer,
  datasetId: string,
): Promise<DatasetFacts> {
  const { dataset } = await ask<{ dataset: DatasetFacts }>(
    server,
    `query ($id: ID!) { dataset(id: $id) {
      status importedCount importError activeModel { id }
      embeddingCounts { embedded pending failed }
      labelCounts { label split count }
      activations(first: 1) { modelId }
    } }`,
    { id: datasetId },
  );
  return dataset;
}

/** The id of the dataset of a name; null where there is none. */
export async function datasetNamed(server: RunningServer, name: string): Promise<string | null> {
  const { datasets } = await ask<{ datasets: { id: string; name: string }[] }>(
    server,
    '{ datasets { id name } }',
  );
  return datasets.find((dataset) => dataset.name === name)?.id ?? null;
}

export interface Neighbour {
  readonly id: string;
  readonly name: string;
  readonly distance: number;
}

/** The k images of a split that are most like an image, nearest first. */
export async function neighboursOf(
  server: RunningServer,
  imageId: string,
  { k = 10, split, modelId }: { k?: number; split?: Split; modelId?: string } = {},
): Promise<{ neighbours: Neighbour[]; modelId: string }> {
  const { similarImages } = await ask<{
    similarImages: {
      neighbours: { distance: number; image: { id: string; name: string } }[];
      model: { id: string };
    };
  }>(
    server,
    `query ($imageId: ID!, $k: Int!, $split: Split, $modelId: ID) {
      similarImages(imageId: $imageId, k: $k, split: $split, modelId: $modelId) {
        neighbours { distance image { id name } } model { id }
      } }`,
    { imageId, k, split, modelId },
  );
  const neighbours = similarImages.neighbours.map(({ distance, image }) => ({
    ...image,
    distance,
  }));
  return { neighbours, modelId: similarImages.model.id };
}
