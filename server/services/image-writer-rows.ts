import { SPLITS, type Dataset } from '../domain/dataset.js';
import { LookalikeError, notFound } from '../domain/errors.js';
import type { Image, NewImage } from '../domain/image.js';
import type { Embedding, Model } from '../domain/model.js';
import type { Blobs } from '../ports/blobs.js';
import type { Datasets } from '../ports/datasets.js';
import type { Embeddings } from '../ports/embeddings.js';
import type { ImageDescription, Images } from '../ports/images.js';
import type { Models } from '../ports/models.js';
import type { FilterMatches } from './filter-matches.js';
import type { Leftovers } from './leftovers.js';
import type { LiveIndexes } from './live-indexes.js';

/** A picture that is to become an image. */
export interface NewPicture {
  readonly image: Omit<NewImage, 'datasetId' | 'thumbnailBlobId' | 'byteLength'>;
  readonly bytes: Uint8Array;
  readonly thumbnail: Uint8Array | null;
  readonly embedding: Omit<Embedding, 'imageId'> | null;
}

/** The writing itself, in the order that keeps everything whole. Each call needs a turn. */
export class ImageWriterRows {
  constructor(
    private readonly datasets: Datasets,
    private readonly images: Images,
    private readonly blobs: Blobs,
    private readonly embeddings: Embeddings,
    private readonly models: Models,
    private readonly live: LiveIndexes,
    private readonly matches: FilterMatches,
    private readonly leftovers: Leftovers,
  ) {}

  /** @throws LookalikeError DATASET_NOT_FOUND, DATASET_NOT_READY */
  async writableDataset(id: number, importing: boolean): Promise<Dataset> {
    const dataset = await this.datasets.byId(id);
    if (!dataset) throw notFound('DATASET_NOT_FOUND', id);
    const { status, name } = dataset;
    if (status !== 'DELETING' && (status !== 'IMPORTING' || importing)) return dataset;
    throw new LookalikeError(
      'DATASET_NOT_READY',
      status === 'DELETING'
        ? `Dataset ${name} is being deleted. Create another one.`
        : `Dataset ${name} is being imported: wait until it is READY, then add images.`,
    );
  }

  /**
   * Blobs first, rows second: a row never names bytes that are not on disk. No name may be there.
   * @param model the one that the embeddings are of
   * @returns the images by name
   */
  async insert(
    datasetId: number,
    model: Model | null,
    pictures: readonly NewPicture[],
  ): Promise<Map<string, Image>> {
    if (pictures.length === 0) return new Map();
    const thumbnails = pictures.flatMap(({ thumbnail }) => thumbnail ?? []);
    const stored = await this.blobs.putMany([...pictures.map(({ bytes }) => bytes), ...thumbnails]);
    const thumbnailIds = stored.slice(pictures.length).values();
    await this.images.insertMany(
      pictures.map(({ image, bytes, thumbnail }): NewImage => ({
        ...image,
        datasetId,
        byteLength: bytes.byteLength,
        thumbnailBlobId: thumbnail ? (thumbnailIds.next().value ?? null) : null,
      })),
    );
    this.matches.forget(datasetId);
    const names = pictures.map(({ image }) => image.name);
    const images = await this.images.byNames(datasetId, names);
    const byName = new Map(images.map((image) => [image.name, image]));
    if (model) await this.embed(model, pictures, byName);
    return byName;
  }

  /** Says something else of an image, if it is something else. @throws as `ImageWriter.describe` */
  async describe(image: Image, description: ImageDescription): Promise<Image> {
    if (!(await this.images.describe(image.id, description))) {
      throw notFound('IMAGE_NOT_FOUND', image.id);
    }
    this.matches.forget(image.datasetId);
    if (description.split !== image.split) await this.move(image, description.split);
    return { ...image, label: description.label, split: description.split };
  }

  /** Gives images other labels. @returns as `Images.relabel` */
  async relabel(labels: ReadonlyMap<number, string | null>): Promise<Map<number, string | null>> {
    const previous = await this.images.relabel(labels);
    const changed = await this.images.byIds([...previous.keys()]);
    for (const datasetId of new Set(changed.map((image) => image.datasetId))) {
      this.matches.forget(datasetId);
    }
    return previous;
  }

  /** Rows first, blobs second, for the same reason the other way round. */
  async remove(images: readonly Image[]): Promise<void> {
    if (images.length === 0) return;
    const ids = images.map(({ id }) => id);
    const orphans = await this.images.deleteMany(ids);
    this.live.noteRemoved(ids);
    for (const datasetId of new Set(images.map((image) => image.datasetId))) {
      this.matches.forget(datasetId);
    }
    await this.leftovers.discard(orphans);
  }

  private async embed(
    model: Model,
    pictures: readonly NewPicture[],
    images: ReadonlyMap<string, Image>,
  ): Promise<void> {
    const embedded = pictures.flatMap(({ image: { name }, embedding }) => {
      const image = images.get(name);
      return image && embedding ? [{ ...embedding, imageId: image.id, split: image.split }] : [];
    });
    if (embedded.length === 0) return;
    await this.embeddings.putMany(model.id, embedded);
    for (const split of SPLITS) {
      const ofSplit = embedded.filter((embedding) => embedding.split === split);
      if (ofSplit.length > 0) this.live.noteAdded(model, split, ofSplit);
    }
  }

  /** Its vectors go on under the other split, whichever model they are of. */
  private async move({ id, datasetId }: Image, split: Image['split']): Promise<void> {
    const moved: { model: Model; embeddings: Embedding[] }[] = [];
    for (const model of await this.models.list(datasetId)) {
      const embeddings = await this.embeddings.findMany(model.id, [id]);
      if (embeddings.length > 0) moved.push({ model, embeddings });
    }
    // In one step: no search may come between the two and find it nowhere.
    this.live.noteRemoved([id]);
    for (const { model, embeddings } of moved) this.live.noteAdded(model, split, embeddings);
  }
}
