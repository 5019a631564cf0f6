import type { Split } from './dataset.js';

/**
 * How the original bytes are encoded. RAW is 8-bit pixels, row by row, channels last, with no
 * header (what an IDX file holds).
 */
export type ImageFormat = 'RAW' | 'JPEG' | 'PNG' | 'WEBP' | 'AVIF' | 'GIF' | 'TIFF';

/** The name of a blob: the SHA-256 of its bytes in lower-case hexadecimal. */
export type BlobId = string;

/** Something known of an image beside its label: `photographer` is `Ada`. */
export interface MetadataEntry {
  readonly key: string;
  readonly value: string;
}

/** What a picture's bytes say of it. Sides are pixels as shown, after EXIF orientation. */
export interface PictureFacts {
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  /** 1 for grayscale, 3 for colour. */
  readonly channels: number;
  /** Whether parts of it may be transparent. */
  readonly hasAlpha: boolean;
}

/** One picture of a dataset. Its bytes are the blob `blobId`. */
export interface Image extends PictureFacts {
  readonly id: number;
  readonly datasetId: number;
  readonly blobId: BlobId;
  /** Unique in its dataset and stable between imports: `test/0`. */
  readonly name: string;
  /** A smaller rendition (WebP) for lists; null where the picture is small itself. */
  readonly thumbnailBlobId: BlobId | null;
  readonly byteLength: number;
  readonly label: string | null;
  readonly split: Split;
  readonly addedAt: Date;
}

export type NewImage = Omit<Image, 'id' | 'addedAt'> & {
  /** Where it was added elsewhere before; left out, that is now. */
  readonly addedAt?: Date | undefined;
  readonly metadata: readonly MetadataEntry[];
};

/** Which images; every given condition must hold. */
export interface ImageFilter {
  readonly split?: Split | null | undefined;
  readonly label?: string | null | undefined;
  /** The image bears every one of these entries. */
  readonly metadata?: readonly MetadataEntry[] | null | undefined;
  readonly addedFrom?: Date | null | undefined;
  readonly addedBefore?: Date | null | undefined;
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
export interface EncodedPicture extends Omit<PictureFacts, 'hasAlpha'> {
  readonly bytes: Uint8Array;
}

/** A part of a picture as shown, in shares of its sides, 0 to 1. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A picture to look at: one of ours, or a file that nobody has looked into yet. */
export interface PictureQuery {
  readonly picture: EncodedPicture | Uint8Array;
  /** The part of it that counts; null is all. */
  readonly crop: Crop | null;
}
