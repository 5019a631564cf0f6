import { Arg, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Dataset } from '../domain/dataset.js';
import { LookalikeError } from '../domain/errors.js';
import type { BlobId, Image, ImageWindow, MetadataEntry } from '../domain/image.js';
import type { EmbeddingState } from '../domain/model.js';
import { DatasetService } from '../services/dataset.service.js';
import { ImageDetails } from '../services/image-details.service.js';
import { ImageService } from '../services/image.service.js';
import { DatasetType } from './dataset.type.js';
import { EmbeddingStateEnum } from './enums.js';
import { parseId, requireRange } from './ids.js';
import { ImageConnection, ImageFilterInput, ImageType, MetadataEntryType } from './image.type.js';
import { createImageLoaders, type ImageLoaders } from './loaders.js';
import { Requires } from './requires.js';

const MAX_PAGE = 200;

@Resolver(() => ImageType)
export class ImageResolver {
  private readonly loaders: ImageLoaders;

  constructor(
    private readonly service: ImageService,
    private readonly datasets: DatasetService,
    details: ImageDetails,
  ) {
    this.loaders = createImageLoaders(datasets, details);
  }

  @Requires('SEARCH', { ids: 'image' })
  @Query(() => ImageType, { description: 'One image. Errors: IMAGE_NOT_FOUND.' })
  image(@Arg('id', () => ID, { description: 'Id of the image.' }) id: string): Promise<Image> {
    return this.service.get(parseId(id));
  }

  @Requires('SEARCH')
  @Query(() => ImageConnection, {
    description:
      'The images of a dataset in the order they were added, page by page: forwards with `first` ' +
      'and `after`, backwards with `last` and `before`. Errors: DATASET_NOT_FOUND.',
  })
  async images(
    @Arg('datasetId', () => ID, { description: 'Id of the dataset.' }) datasetId: string,
    @Arg('filter', () => ImageFilterInput, { nullable: true, description: 'Which images.' })
    filter: ImageFilterInput | null | undefined,
    @Arg('first', () => Int, {
      nullable: true,
      description: 'Page size, 1 to 200, forwards; 50 when neither `first` nor `last` is given.',
    })
    first: number | null | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to start behind.' })
    after: string | null | undefined,
    @Arg('last', () => Int, { nullable: true, description: 'Page size, 1 to 200, backwards.' })
    last: number | null | undefined,
    @Arg('before', () => String, { nullable: true, description: 'Cursor to end in front of.' })
    before: string | null | undefined,
  ): Promise<ImageConnection> {
    const { id } = await this.datasets.get(parseId(datasetId));
    const limit = requireRange(isGiven(last) ? 'last' : 'first', last ?? first ?? 50, 1, MAX_PAGE);
    const window = windowOf(first, after, last, before, limit);
    const page = await this.service.page(id, filter ?? {}, window);
    const edges = page.images.map((node) => ({ cursor: cursorOf(node), node }));
    return {
      edges,
      pageInfo: {
        hasNextPage: page.hasNextPage,
        hasPreviousPage: page.hasPreviousPage,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
      totalCount: await this.service.count(id, filter ?? {}),
    };
  }

  @FieldResolver(() => String, {
    description: 'Where the picture is served from, relative to this server. It never changes.',
  })
  url(@Root() { id, blobId }: Image): string {
    return versioned(`/images/${id}`, blobId);
  }

  @FieldResolver(() => String, {
    description:
      'Where a small rendition is served from, relative to this server. It never changes.',
  })
  thumbnailUrl(
    @Root() image: Image,
    @Arg('inline', () => Boolean, {
      defaultValue: false,
      description:
        'Whether a picture of up to 4 KiB may be in the URL itself (`data:`), which spares a request for each.',
    })
    inline: boolean,
  ): string | Promise<string> {
    return inline ? this.inlineUrl(image) : thumbnailPath(image);
  }

  @FieldResolver(() => String, {
    description: 'Where the original bytes are served from, relative to this server.',
  })
  originalUrl(@Root() { id, blobId }: Image): string {
    return versioned(`/originals/${id}`, blobId);
  }

  @FieldResolver(() => DatasetType, { description: 'The dataset it belongs to.' })
  dataset(@Root() image: Image): Promise<Dataset> {
    return this.loaders.datasets.load(image.datasetId);
  }

  @FieldResolver(() => [MetadataEntryType], {
    description: 'What is known of it beside its label, by key.',
  })
  metadata(@Root() image: Image): Promise<readonly MetadataEntry[]> {
    return this.loaders.metadata.load(image);
  }

  @FieldResolver(() => EmbeddingStateEnum, {
    nullable: true,
    description: 'Whether it can be found under the active model; null without one.',
  })
  async embedding(@Root() image: Image): Promise<EmbeddingState | null> {
    return (await this.loaders.embeddings.load(image))?.state ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why it cannot be embedded, if it cannot.',
  })
  async embeddingFailure(@Root() image: Image): Promise<string | null> {
    return (await this.loaders.embeddings.load(image))?.message ?? null;
  }

  private async inlineUrl(image: Image): Promise<string> {
    const picture = await this.service.smallThumbnail(image);
    if (!picture) return thumbnailPath(image);
    const { contentType, bytes } = picture;
    return `data:${contentType};base64,${Buffer.from(bytes).toString('base64')}`;
  }
}

function thumbnailPath({ id, blobId, thumbnailBlobId }: Image): string {
  return versioned(`/thumbnails/${id}`, thumbnailBlobId ?? blobId);
}

/** Ids start anew with a new data directory: the version keeps caches from mixing the two up. */
function versioned(path: string, blobId: BlobId): string {
  return `${path}?v=${blobId.slice(0, 8)}`;
}

/** Forwards unless `last` is given, which goes with `before` alone. */
function windowOf(
  first: number | null | undefined,
  after: string | null | undefined,
  last: number | null | undefined,
  before: string | null | undefined,
  limit: number,
): ImageWindow {
  if (isGiven(last) ? isGiven(first) || isGiven(after) || !isGiven(before) : isGiven(before)) {
    throw new LookalikeError(
      'INVALID_ARGUMENT',
      'Give first and after to page forwards, or last and before to page backwards.',
    );
  }
  return {
    limit,
    afterId: isGiven(after) ? idOfCursor(after) : undefined,
    beforeId: isGiven(before) ? idOfCursor(before) : undefined,
  };
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

function cursorOf(image: Image): string {
  return Buffer.from(`image:${image.id}`).toString('base64url');
}

function idOfCursor(cursor: string): number {
  const [kind, id] = Buffer.from(cursor, 'base64url').toString().split(':');
  if (kind === 'image' && id !== undefined && /^\d+$/.test(id)) return Number(id);
  throw new LookalikeError(
    'INVALID_ARGUMENT',
    `"${cursor}" is not a cursor. Use one that a page of images gave.`,
  );
}
