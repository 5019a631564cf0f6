import sharp, { type Metadata } from 'sharp';
import { LookalikeError, reasonOf } from '../../../domain/errors.js';
import type { EncodedPicture, ImageFormat, Pixels } from '../../../domain/image.js';
import type { InputSpec } from '../../../domain/model.js';
import type { Pictures } from '../../../ports/pictures.js';

const FORMATS: Readonly<Record<string, ImageFormat>> = { jpeg: 'JPEG', png: 'PNG', webp: 'WEBP' };
const MAX_PIXELS = 100_000_000;

/** Pictures by libvips. */
export class SharpPictures implements Pictures {
  async identify(bytes: Uint8Array): Promise<EncodedPicture> {
    const { format, width, height, channels } = await headerOf(bytes);
    const known = FORMATS[format];
    if (!known) throw notAnImage(`${format.toUpperCase()} is not taken`);
    if (width * height > MAX_PIXELS) {
      throw new LookalikeError(
        'UPLOAD_TOO_LARGE',
        `The picture has ${width} x ${height} pixels; at most ${MAX_PIXELS} are taken.`,
      );
    }
    return { bytes, format: known, width, height, channels: channels >= 3 ? 3 : 1 };
  }

  async toInput(picture: EncodedPicture, input: InputSpec): Promise<Uint8Array> {
    const { bytes, format, width, height, channels } = picture;
    const isRaw = format === 'RAW';
    if (isRaw && bytes.byteLength !== width * height * channels) {
      throw notAnImage(
        `${width}x${height}x${channels} pixels do not fill ${bytes.byteLength} bytes`,
      );
    }
    const fits = width === input.width && height === input.height && channels === input.channels;
    if (isRaw && fits) return bytes;
    try {
      return await this.convert(picture, input);
    } catch (thrown) {
      throw notAnImage(reasonOf(thrown));
    }
  }

  async encodePng({ data, width, height, channels }: Pixels): Promise<Uint8Array> {
    const raw = { width, height, channels: channels === 3 ? 3 : 1 } as const;
    const colours = channels === 3 ? 'srgb' : 'b-w';
    return sharp(data, { raw }).toColourspace(colours).png({ compressionLevel: 6 }).toBuffer();
  }

  /** A transparent background becomes black, as in the data sets that models are trained on. */
  private async convert(picture: EncodedPicture, input: InputSpec): Promise<Uint8Array> {
    const { bytes, format, width, height, channels } = picture;
    const decoder =
      format === 'RAW'
        ? sharp(bytes, { raw: { width, height, channels: channels === 3 ? 3 : 1 } })
        : sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'truncated' }).rotate();
    const converted = decoder
      .flatten({ background: '#000000' })
      .toColourspace(input.channels === 1 ? 'b-w' : 'srgb')
      .resize(input.width, input.height, { fit: 'fill' })
      .raw();
    const { data, info } = await converted.toBuffer({ resolveWithObject: true });
    if (info.channels !== input.channels) {
      throw new Error(`decoded to ${info.channels} channels, not ${input.channels}`);
    }
    return data;
  }
}

async function headerOf(bytes: Uint8Array): Promise<Metadata> {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (thrown) {
    throw notAnImage(reasonOf(thrown));
  }
}

function notAnImage(reason: string): LookalikeError {
  return new LookalikeError(
    'UPLOAD_NOT_AN_IMAGE',
    `The file cannot be read as a picture (${reason}). Send a whole JPEG, PNG or WebP file.`,
  );
}
