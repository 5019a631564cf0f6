import type { EncodedPicture, Pixels } from '../domain/image.js';
import type { InputSpec } from '../domain/model.js';

/** Reads and writes picture files. */
export interface Pictures {
  /**
   * Finds out what a file is by its content.
   * @throws LookalikeError UPLOAD_NOT_AN_IMAGE, UPLOAD_TOO_LARGE
   */
  identify(bytes: Uint8Array): Promise<EncodedPicture>;
  /**
   * Decodes a picture to what a model is fed: 8-bit pixels, [height, width, channels], converted to
   * grayscale for one channel, resized where the size differs.
   * @throws LookalikeError UPLOAD_NOT_AN_IMAGE when it is damaged or cut short
   */
  toInput(picture: EncodedPicture, input: InputSpec): Promise<Uint8Array>;
  encodePng(pixels: Pixels): Promise<Uint8Array>;
}
