import type { Split } from './dataset.js';

/**
 * How the original bytes are encoded. RAW is 8-bit pixels, row by row, channels last, with no
 * header (what an IDX file holds).
 */
export type ImageFormat = 'RAW' | 'JPEG' | 'PNG' | 'WEBP';

/** The name of a blob: the SHA-256 of its bytes in lower-case hexadecimal. */
export type BlobId = string;

/** One picture of a dataset. Its bytes are the blob `blobId`. */
export interface Image {
  readonly id: number;
  readonly datasetId: number;
  readonly blobId: BlobId;
  /** Unique in its dataset and stable between imports: `test/0`. */
  readonly name: string;
  readonly format: ImageFormat;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** 1 for grayscale, 3 for colour. */
  readonly channels: number;
  readonly byteLength: number;
  readonly label: string | null;
  readonly split: Split;
}

export type NewImage = Omit<Image, 'id'>;

export interface ImageFilter {
  readonly split?: Split | null | undefined;
  readonly label?: string | null | undefined;
}

/** Where a page of images starts and how many it holds; `before` pages backwards. */
export interface ImageWindow {
  readonly afterId?: number | undefined;
  readonly beforeId?: number | undefined;
  readonly limit: number;
}

/** A decoded picture: 8-bit pixels, [height, width, channels] row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

/** A picture as it is stored: encoded bytes with what is needed to decode them. */
export interface EncodedPicture {
  readonly bytes: Uint8Array;
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}
