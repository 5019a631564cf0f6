import type { Crop, EncodedPicture, PictureFacts, Pixels } from '../domain/image.js';
import type { InputSpec } from '../domain/model.js';

/** A picture file that was looked into, and found whole. */
export interface InspectedPicture {
  readonly facts: PictureFacts;
  /** A smaller rendition (WebP); null where the picture is small, and browsers can show it. */
  readonly thumbnail: Uint8Array | null;
}

/** Reads and writes picture files. */
export interface Pictures {
  /**
   * Finds out what a file is by its content, from its header alone.
   * @throws LookalikeError UPLOAD_NOT_AN_IMAGE, UPLOAD_TOO_LARGE
   */
  identify(bytes: Uint8Array): Promise<PictureFacts>;
  /**
   * `identify`, and decodes all of it, so that a file cut short is found out.
   * @throws LookalikeError UPLOAD_NOT_AN_IMAGE, UPLOAD_TOO_LARGE
   */
  inspect(bytes: Uint8Array): Promise<InspectedPicture>;
  /**
   * Decodes a picture, or a part of it, to what a model is fed: 8-bit pixels, [height, width,
   * channels], turned upright, flattened, fitted and scaled as the input says.
   * @throws LookalikeError UPLOAD_NOT_AN_IMAGE when it is damaged or cut short, CROP_INVALID
   */
  toInput(picture: EncodedPicture, input: InputSpec, crop: Crop | null): Promise<Uint8Array>;
  /** `identify` and `toInput` of a file at once. @throws LookalikeError as these two */
  fileToInput(file: Uint8Array, input: InputSpec, crop: Crop | null): Promise<Uint8Array>;
  /** What a browser can show: PNG of RAW, WebP of TIFF, everything else as it is. */
  toDisplay(
    picture: EncodedPicture,
  ): Promise<{ readonly bytes: Uint8Array; readonly contentType: string }>;
  /** @param comment in Latin-1, written into the file beside the pixels */
  encodePng(pixels: Pixels, comment?: string): Promise<Uint8Array>;
}
