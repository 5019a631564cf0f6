import type { Image, ImageFilter, ImageWindow, NewImage } from '../domain/image.js';

/** The table of images. Everywhere images come in the order of their ids. */
export interface Images {
  /** Adds the images, all or none, and leaves those whose name the dataset has already as they are. */
  insertMany(images: readonly NewImage[]): Promise<void>;
  byId(id: number): Promise<Image | null>;
  /** The images with these ids, in the order of the ids; unknown ids are left out. */
  byIds(ids: readonly number[]): Promise<Image[]>;
  page(datasetId: number, filter: ImageFilter, window: ImageWindow): Promise<Image[]>;
  count(datasetId: number, filter: ImageFilter): Promise<number>;
  ids(datasetId: number, filter: ImageFilter): Promise<number[]>;
  names(datasetId: number): Promise<Set<string>>;
}
